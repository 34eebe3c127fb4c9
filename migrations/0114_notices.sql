-- A delivery of a notice stores its kind and parameters; the sender renders it in the reader's language of that moment. Texts that
-- are finished when they are written stay in `text`.
alter table delivery add column notice jsonb;
-- A notice about somebody, such as their request for access, names them as `person`.
create index delivery_notice_about on delivery ((notice #>> '{params,person,telegramId}'))
  where notice #>> '{params,person,telegramId}' is not null;
