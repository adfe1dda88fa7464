import type pg from 'pg'

type Column = {
  table: string
  column: string
  type: string
  nullable: boolean
  generated: boolean
  default: string | null
}

// Sign-in keeps its own tables in its own schema; the migration ledger is nobody's data.
const columnsQuery = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable, a.attgenerated <> '' as generated, pg_get_expr(d.adbin, d.adrelid) as default
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = $1
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relname <> 'migration'
  order by c.relname, a.attnum`

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const scalar: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  date: 'string',
  'timestamp with time zone': 'string',
  integer: 'number',
  bigint: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  bytea: 'Buffer',
}

/** How a column reads in TypeScript; JSON is written as text and read as what the record's schema says. */
function typeOf(column: Column): string {
  const base = column.type === 'jsonb' ? 'ColumnType<unknown, string, string>' : scalar[column.type]
  if (!base) throw new Error(`${column.table}.${column.column} has type ${column.type}, which no record uses`)
  const type = column.nullable ? `${base} | null` : base
  return column.generated
    ? `ColumnType<${type}, never, never>`
    : column.default === null
      ? type
      : `Generated<${type}>`
}

const byTable = (columns: readonly Column[]) => Map.groupBy(columns, (column) => column.table)

/** The TypeScript of the tables, derived from the database that the migrations made. */
export async function tablesSource(client: pg.Client): Promise<string> {
  const tables = byTable((await client.query<Column>(columnsQuery, ['public'])).rows)
  const lines = [
    '// Written by `npm run schema` from the migrations. Do not edit.',
    "import type { ColumnType } from 'kysely'",
    '',
  ]
  lines.push('type Generated<T> = ColumnType<T, T | undefined, T>', '', 'export type Tables = {')
  for (const [table, columns] of tables) {
    lines.push(
      `  ${camel(table)}: {`,
      ...columns.map((column) => `    ${camel(column.column)}: ${typeOf(column)}`),
      '  }',
    )
  }
  lines.push(
    '}',
    '',
    '/** SQL types of the columns that records have, per table. */',
    'export const columnTypes = {',
  )
  for (const [table, columns] of tables) {
    const own = columns.filter((column) => !column.generated)
    lines.push(
      `  ${table}: {`,
      ...own.map((column) => `    ${camel(column.column)}: '${column.type}',`),
      '  },',
    )
  }
  lines.push('} as const', '')
  const used = lines.join('\n')
  return used.includes(': Generated<')
    ? used
    : used.replace('type Generated<T> = ColumnType<T, T | undefined, T>\n\n', '')
}

const sections: readonly [string, string][] = [
  [
    'constraints',
    `select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
     from pg_constraint where connamespace = any($1::regnamespace[]) and conrelid <> 0 and contype <> 'n' order by conrelid::regclass::text, conname`,
  ],
  [
    'indexes',
    `select indexdef || ';' as line from pg_indexes where schemaname = any($1::text[]) order by schemaname, tablename, indexname`,
  ],
  [
    'row-level security',
    `select format('create policy %I on %I.%I for %s to %s using (%s) with check (%s);', policyname, schemaname, tablename, cmd, array_to_string(roles, ', '), qual, coalesce(with_check, 'true')) as line
     from pg_policies where schemaname = any($1::text[]) order by schemaname, tablename, policyname`,
  ],
  [
    'rights',
    `select format('grant %s on %s.%s to %s;', string_agg(lower(privilege_type), ', ' order by privilege_type), table_schema, table_name, grantee) as line
     from information_schema.role_table_grants where table_schema = any($1::text[]) and grantee = 'assay_app'
     group by table_schema, table_name, grantee order by table_schema, table_name`,
  ],
  [
    'triggers',
    `select pg_get_triggerdef(t.oid) || ';' as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not tgisinternal and c.relnamespace = any($1::regnamespace[]) order by c.relname, tgname`,
  ],
  [
    'functions',
    `select pg_get_functiondef(oid) || ';' as line from pg_proc where pronamespace = any($1::regnamespace[]) order by proname, oid::regprocedure::text`,
  ],
]

/** The whole schema as text, in one order for ever: what `schema.sql` must equal. */
export async function schemaText(client: pg.Client): Promise<string> {
  const schemas = (
    await client.query(`select nspname from pg_namespace where nspname in ('public', 'auth') order by 1 desc`)
  ).rows.map((row) => String(row.nspname))
  const parts = [
    '-- The sum of the migrations. Written by `npm run schema`; a test compares. To change it, add a migration.',
  ]
  for (const schema of schemas) {
    const { rows } = await client.query<Column>(columnsQuery, [schema])
    for (const [table, columns] of byTable(rows)) {
      const body = columns.map((column) => {
        const value =
          column.default === null
            ? ''
            : column.generated
              ? ` generated always as (${column.default}) stored`
              : ` default ${column.default}`
        return `  ${column.column} ${column.type}${column.nullable ? '' : ' not null'}${value}`
      })
      parts.push(`create table ${schema}.${table} (\n${body.join(',\n')}\n);`)
    }
  }
  for (const [title, query] of sections) {
    const lines = (await client.query<{ line: string }>(query, [schemas])).rows.map((row) => row.line)
    parts.push(`-- ${title}`, lines.filter((line) => !/\bmigration(_pkey)?\b/.test(line)).join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}
