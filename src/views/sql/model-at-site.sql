-- Does an order of a site use a model?
-- $1 text model, $2 text site
SELECT EXISTS (SELECT FROM orders WHERE model = $1 AND site = $2) AS used
