-- Sign-in: accounts, sessions, second factors, passkeys. Names and types are those of the sign-in library.
-- Nothing here belongs to an organisation: an account can stand for people in several.

create schema auth;
grant usage on schema auth to assay_app;

create table auth."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "twoFactorEnabled" boolean
);

create table auth."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);

create table auth."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null
);

create table auth."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

create table auth."twoFactor" (
  "id" text primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);

create table auth."passkey" (
  "id" text primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);

create table auth."rateLimit" (
  "id" text primary key,
  "key" text not null unique,
  "count" integer not null,
  "lastRequest" bigint not null
);

create index on auth."session" ("userId");
create index on auth."account" ("userId");
create index on auth."verification" ("identifier");
create index on auth."twoFactor" ("secret");
create index on auth."twoFactor" ("userId");
create index on auth."passkey" ("userId");
create index on auth."passkey" ("credentialID");

-- Attempts per purpose and account or address. One row decides, so that no number of processes gets more tries.
create table auth.attempt (
  key text primary key,
  window_start timestamptz not null,
  count integer not null
);

-- A code of an authenticator works once, even if it is seen and sent again within its half minute.
create table auth.used_code (
  user_id text not null references auth."user" ("id") on delete cascade,
  digest text not null,
  used_at timestamptz not null,
  primary key (user_id, digest)
);

-- The address that makes the first owner, and the links that make an account for an invited person: single use.
create table auth.setup_token (
  digest text primary key,
  expires_at timestamptz not null
);

create table auth.invitation (
  digest text primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  -- Who gave it, so that a link never becomes worth more than the rights of the person who holds it.
  issued_by uuid,
  -- What it opens: `join` makes an account, `reset` sets a new password of one that is there.
  purpose text not null default 'join' check (purpose in ('join', 'reset')),
  expires_at timestamptz not null
);

-- In which organisation a session works, where its account stands for people in several.
create table auth.session_organisation (
  session_id text primary key references auth."session" ("id") on delete cascade,
  organisation_id uuid not null
);

-- A changed password, address or second factor ends every session of the account in the same transaction, whoever
-- changes it and by whichever door: neither a session that an attacker holds, nor a sign-in that waits for its second
-- factor, outlives the remedy.
create function auth.end_sessions() returns trigger language plpgsql as $$
declare
  account text := case when tg_table_name = 'user' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'userId' end;
begin
  delete from auth."session" where "userId" = account;
  delete from auth."verification" where "value" = account;
  return null;
end $$;

create trigger password_changed after update of "password" on auth."account"
  for each row when (old."password" is distinct from new."password") execute function auth.end_sessions();

create trigger second_factor_changed after update of "twoFactorEnabled" on auth."user"
  for each row when (old."twoFactorEnabled" is distinct from new."twoFactorEnabled")
  execute function auth.end_sessions();

create trigger address_changed after update of "email" on auth."user"
  for each row when (old."email" is distinct from new."email") execute function auth.end_sessions();

grant select, insert, update, delete on all tables in schema auth to assay_app;
