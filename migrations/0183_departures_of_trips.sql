-- «Что ушло вчера с Угловой» asks for the trips of a day: they are few beside all positions, which are then found by their containers.
create index trip_departed on trip (departed_at) where is_current and departed_at is not null;
