-- Statistics say why messages did not arrive: refused ones are few beside all deliveries.
create index delivery_refused on delivery (finished_at) where status in ('failed', 'blocked');
