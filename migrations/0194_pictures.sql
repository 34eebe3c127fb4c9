-- A picture that somebody asks for is a report: its kind stands in `export_kind`, the zone of its times in `export_zone`.
alter type report_kind add value 'picture';
