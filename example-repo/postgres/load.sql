-- Puts the cars of ../data into a table. In this folder: psql "$CICLO_POSTGRES_URL" --file load.sql
CREATE TABLE cars (
  model text NOT NULL,
  mpg double precision,
  cylinders smallint NOT NULL,
  displacement double precision NOT NULL,
  horsepower double precision,
  weight integer NOT NULL,
  acceleration double precision NOT NULL,
  year smallint NOT NULL,
  origin text NOT NULL
);
\copy cars FROM ../data/cars-1970.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1971.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1972.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1973.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1974.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1975.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1976.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1977.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1978.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1979.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1980.csv WITH (FORMAT csv, HEADER)
\copy cars FROM ../data/cars-1982.csv WITH (FORMAT csv, HEADER)
