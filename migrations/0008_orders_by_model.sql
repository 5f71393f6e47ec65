-- Staff of a site may read the models of that site's orders.
create index orders_by_model on orders ((state -> 'model' ->> 'id'), site);
