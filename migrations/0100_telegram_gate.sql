-- When Telegram refused a chat (429) last, and until when: refusals are counted over all replicas.
alter table chat_pace add column refused_at timestamptz, add column refused_until timestamptz;
create index chat_pace_refused on chat_pace (refused_at) where refused_at is not null;

-- Whether deliveries may leave for Telegram at all: one row, shared by all replicas. Without a reason the gate is open.
create table telegram_gate (
  id integer primary key default 1 check (id = 1),
  reason text check (reason in ('refused', 'unclear', 'token')),
  closed_at timestamptz,
  closed_until timestamptz,
  -- A pause without clear answers ends with one delivery that is sent as a probe; its sender holds this right until then.
  probing_until timestamptz,
  failed_probes integer not null default 0,
  unclear_in_a_row integer not null default 0,
  -- When the pause was reported by e-mail.
  reported_at timestamptz,
  -- When the end of a pause was announced last.
  announced_at timestamptz
);
insert into telegram_gate default values;
