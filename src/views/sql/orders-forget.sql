-- $1 uuid[] rows of `orders` that go
DELETE FROM orders WHERE id = ANY ($1)
