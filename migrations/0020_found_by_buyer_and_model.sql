-- Staff finds orders by how the buyer's name or login begins, or the model's name: ranges of text, compared by bytes.
CREATE INDEX buyers_by_name ON users ((lower(name) COLLATE "C")) WHERE roles @> '{buyer}';
CREATE INDEX buyers_by_login ON users ((lower(login) COLLATE "C")) WHERE roles @> '{buyer}';
CREATE INDEX models_by_name ON models ((lower(name) COLLATE "C"));
