-- $1 text this database, when it is first taken into use
UPDATE era SET origin = $1 WHERE one AND origin IS NULL
