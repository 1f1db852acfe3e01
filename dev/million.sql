-- Visits of eight years, with what they are about, as examples/field_service.yml has them.
-- `fill.rows` says how many. Old visits are billed and in the archive, new ones in every stage.

CREATE FUNCTION pg_temp.id_at(moment timestamptz, seed text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0')
  || '7' || left(md5(seed), 3) || '8' || substr(md5(seed), 4, 15))::uuid $$;

-- One of so many, drawn by chance, and the same in each run.
CREATE FUNCTION pg_temp.one_of(most bigint, seed int) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint4(seed)::bigint & 2147483647) % most)::int $$;

CREATE FUNCTION pg_temp.word(words text[], seed int) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT words[1 + pg_temp.one_of(cardinality(words), seed)] $$;

CREATE TEMP TABLE some_depots AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM depots;

CREATE TEMP TABLE some_users AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM users;

INSERT INTO households (id, number, family_name, mobile, sort_of_home, tax_deduction, version)
SELECT pg_temp.id_at(timestamptz '2018-01-01' + n * interval '8 hours', 'household ' || n),
  'H-' || lpad((n + 1000)::text, 5, '0'),
  pg_temp.word('{Berg,Lind,Holm,Dahl,Ek,Strand,Nyman,Sund}', n) || ' ' || left(md5(n::text), 4),
  '+46 70 ' || (1000000 + n), pg_temp.word('{flat,house,farm}', n + 1), n % 4 <> 0, 1
FROM generate_series(1, 5000) AS n;

INSERT INTO boilers (id, household_id, label, street, postcode, installed_in, version)
SELECT pg_temp.id_at(timestamptz '2018-01-01' + n * interval '5 hours', 'boiler ' || n), h.id,
  'Boiler ' || n, 'Street ' || n, (10000 + n)::text, 1990 + n % 35, 1
FROM generate_series(1, 8000) AS n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM households) AS h ON h.at = n % 5000;

CREATE TEMP TABLE some_boilers AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM boilers;

CREATE TEMP TABLE some_visits AS
SELECT n, made, made < now() - interval '5 years' AS old, CASE
  WHEN made < now() - interval '60 days'
  THEN pg_temp.word('{billed,billed,billed,billed,billed,billed,dropped,done}', n)
  ELSE pg_temp.word('{called,offered,planned,planned,under_way,done,billed,dropped}', n)
END AS stage
FROM (
  SELECT n, now() - interval '8 years' * (1 - n / (current_setting('fill.rows')::int + 1.0)) AS made
  FROM generate_series(1, current_setting('fill.rows')::int) AS n
) AS times;

ANALYZE some_depots, some_users, some_boilers, some_visits;

INSERT INTO visits (
  id, created_at, updated_at, archived_at, version, number, boiler_id, depot_id, fitter_id,
  summary, urgency, planned_for, offered, report, finished_on, took, currency, stage
)
SELECT pg_temp.id_at(made, 'visit ' || n), made, made,
  CASE WHEN old AND n % 50 <> 0 THEN made + interval '400 days' END, 1,
  'V-' || extract(year FROM made) || '-' || lpad(n::text, greatest(5, length(n::text)), '0'),
  b.id, d.id, CASE WHEN stage NOT IN ('called', 'offered') THEN u.id END,
  pg_temp.word('{Leaking,Noisy,Cold,Old,Broken,Blocked,Rusty,Hot}', n + 1) || ' '
    || pg_temp.word('{valve,pump,burner,pipe,boiler,tank,radiator,gauge}', n + 2) || ' '
    || left(md5(n::text), 5),
  CASE WHEN stage = 'called' THEN 'low'
    ELSE pg_temp.word('{normal,normal,normal,normal,normal,low,low,high}', n + 3) END,
  CASE WHEN stage <> 'called' OR n % 8 = 0
    THEN date_trunc('hour', made) + pg_temp.one_of(30, n + 4) * interval '1 day' END,
  CASE WHEN stage <> 'called' THEN pg_temp.one_of(16000, n + 5) + 0.5 END,
  CASE WHEN stage IN ('done', 'billed') THEN 'All went well; nothing else was found.' END,
  CASE WHEN stage IN ('done', 'billed')
    THEN (made + pg_temp.one_of(30, n + 4) * interval '1 day')::date END,
  CASE WHEN stage IN ('done', 'billed') THEN (1 + n % 5) * interval '30 minutes' END,
  CASE WHEN n % 10 = 0 THEN 'EUR' ELSE 'SEK' END, stage
FROM some_visits
JOIN some_boilers AS b ON b.at = pg_temp.one_of((SELECT count(*) FROM some_boilers), n + 6)
JOIN some_depots AS d ON d.at = pg_temp.one_of((SELECT count(*) FROM some_depots), n + 7)
JOIN some_users AS u ON u.at = pg_temp.one_of((SELECT count(*) FROM some_users), n + 8)
ORDER BY n;

INSERT INTO fitted_parts (
  id, created_at, version, visit_id, spare_part_id, quantity, unit_price
)
SELECT pg_temp.id_at(made, 'part ' || v.id), made, 1, v.id, p.id, 1 + n % 3, 19.5
FROM visits AS v
JOIN some_visits AS s ON v.id = pg_temp.id_at(made, 'visit ' || n)
CROSS JOIN (SELECT id FROM spare_parts LIMIT 1) AS p
WHERE n % 2 = 0 AND v.stage IN ('done', 'billed');

INSERT INTO platform_number_series (tenant__id, series, year, last)
SELECT '00000000-0000-0000-0000-000000000000', 'visits', year, 1000000
FROM generate_series(2018, 2040) AS year;
