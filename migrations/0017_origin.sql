-- Which database this is: `<identifier of the cluster>/<number of the database>`, noted when it is first taken into use. A
-- restored copy still says where it came from, so nobody serves it before `andon adopt` gave it an era of its own: its rows
-- carry transaction numbers of another counter.
ALTER TABLE era ADD COLUMN origin text;
