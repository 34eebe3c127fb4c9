-- The list of a subscription is the rows of subscription_item. Services of the former release go on writing the array until this
-- moment: nobody writes between the last fill and the end of the column.
lock table subscription in share row exclusive mode;

insert into subscription_item (subscription_id, container, place, added_at)
select distinct on (subscription.id, item.container)
  subscription.id, item.container, item.place, subscription.created_at
from subscription, unnest(subscription.containers) with ordinality as item (container, place)
order by subscription.id, item.container, item.place
on conflict do nothing;

delete from subscription_item using subscription
where subscription.id = subscription_item.subscription_id and subscription_item.container <> all (subscription.containers);

alter table subscription drop column containers;
