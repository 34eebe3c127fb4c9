-- What came to and left a terminal of late, without reading all the visits of years.
create index terminal_visit_stamp on terminal_visit (terminal, stamp desc);
create index terminal_visit_arrived on terminal_visit (arrived_at);
create index terminal_visit_dispatched on terminal_visit (dispatched_at) where dispatched_at is not null;
