-- Whether the workbooks of a subscription hold a picture of where its containers are.
alter table subscription add column shows_picture boolean not null default false;
