-- Somebody who erased their data soon after they had been turned down, or had asked: they may ask no sooner than if they had not.
-- This is all that is known of the account, and it goes as soon as the wait is over.
create table access_wait (
  telegram_id bigint primary key,
  -- What was last: the request, or the decision against it.
  access person_access not null check (access in ('requested', 'denied')),
  since timestamptz not null
);
