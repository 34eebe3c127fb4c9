-- Stored rows say now who sees what: see 0111_parties.
drop function company_sees(bigint, text);
drop function company_sees_of(bigint, text[]);
drop function company_owns(bigint, text);
drop function company_owns_of(bigint, text[]);
drop function company_ties(bigint);
drop function company_ties(bigint, boolean);
drop function company_spellings(bigint);
drop function company_clients(bigint);
drop function container_parties(text);
drop function is_nobodys(text);
drop function is_newest_list(bigint, text);
drop function is_counting_list(bigint);
drop function is_open_company(bigint);
drop function last_visit(text);

-- Only the functions and the conditions in their place read these.
drop index position_consignee, position_consignor, position_unnamed;
drop index terminal_visit_inn;
drop index train_roster_row_client;
