-- Which generation is kept, and where its feed stands; no place = it has not begun.
SELECT k.generation, c.era, c.xid::text, c.seq::text
FROM flow_kept k LEFT JOIN cursors c ON c.name = 'flow:' || k.generation
