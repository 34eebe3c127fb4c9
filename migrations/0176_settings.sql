-- Settings that admins have changed; the environment of the services holds the others. A row with a name that this release does not
-- know is one of another release.
create table setting (
  name text primary key,
  value text not null check (length(value) between 1 and 4000),
  changed_at timestamptz not null default now()
);

-- Each change of a setting. A value of null is that of the environment.
create table setting_change (
  id bigint generated always as identity primary key,
  name text not null,
  before text,
  after text,
  changed_at timestamptz not null default now(),
  -- The person or the command behind it.
  changed_by bigint references person,
  command text,
  check (before is distinct from after)
);
create index setting_change_name on setting_change (name, id desc);

-- What the environment of a service says about a setting, for the list of settings.
create table setting_default (
  service text not null,
  name text not null,
  value text not null,
  primary key (service, name)
);
