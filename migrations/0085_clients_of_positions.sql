-- Only what is in the reports of the last week is asked for by place, state or time; years of finished trips are not. Imports set
-- the mark, housekeeping takes it away, and a mark that is still there harms nothing. It changes twice in a trip, so that the
-- index over it costs an import no more than the one over the destination, in whose place it comes.
alter table position add column is_live boolean not null default true;
create index position_live on position (destination_station_id) where is_live;
drop index position_destination;

-- Whom it names. Consignee and consignor stay the same for a whole trip, and a hash is a short key; whoever
-- asks compares the names themselves too.
create index position_consignee on position (hashtext(coalesce(consignee, consignee_short)), is_live);
create index position_consignor on position (hashtext(coalesce(consignor, consignor_short)), is_live);
create index position_unnamed on position (is_live) where num_nonnulls(consignee, consignee_short, consignee_okpo,
  consignee_tgnl, consignor, consignor_short, consignor_okpo, consignor_tgnl) = 0;
create index terminal_visit_client on terminal_visit (client, inn) where client is not null;
create index terminal_visit_inn on terminal_visit (inn) where inn is not null;
create index train_roster_row_client on train_roster_row (client) where client is not null;
-- Else the planner takes the hashes for distinct values until the first analysis. An empty table stays without: once analysed it
-- would count as empty in the very import that fills it.
do $$ begin
  if exists (select from position) then analyze position; end if;
end $$;
