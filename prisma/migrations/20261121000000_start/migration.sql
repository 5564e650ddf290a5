-- Campaigns and imports are numbered in one series, counted up in the transaction that takes a number.
CREATE TABLE "run_number" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "last" INTEGER NOT NULL,

    CONSTRAINT "run_number_pkey" PRIMARY KEY ("id")
);
CREATE FUNCTION "next_run_number"() RETURNS integer LANGUAGE sql AS $$
    INSERT INTO "run_number" ("last") VALUES (1)
    ON CONFLICT ("id") DO UPDATE SET "last" = "run_number"."last" + 1
    RETURNING "last";
$$;

-- CreateEnum
CREATE TYPE "language" AS ENUM ('sv', 'en');

-- CreateEnum
CREATE TYPE "connection_state" AS ENUM ('none', 'unverified', 'pending', 'verified', 'connected');

-- CreateEnum
CREATE TYPE "account_fault" AS ENUM ('silent', 'busy', 'refused', 'garbled', 'hindered');

-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('previewed', 'running', 'paused', 'cancelled', 'done', 'expired');

-- CreateEnum
CREATE TYPE "recipient_state" AS ENUM ('waiting', 'sending', 'sent', 'failed', 'skipped', 'cancelled');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('reading', 'previewed', 'applying', 'done', 'cancelled', 'expired', 'failed');

-- CreateTable
CREATE TABLE "user" (
    "id" SERIAL NOT NULL,
    "subject" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" TEXT NOT NULL,
    "user_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "email" TEXT,
    "email_key" TEXT,
    "language" "language",
    "active" BOOLEAN NOT NULL DEFAULT true,
    "alias_user_id" TEXT,
    "signature" TEXT,
    "card_tag_id" TEXT,
    "external_reference" TEXT,
    "protected_identity" BOOLEAN NOT NULL DEFAULT false,
    "connect_email" TEXT,
    "connect_address" TEXT,
    "connection" "connection_state" NOT NULL DEFAULT 'none',
    "verified_at" TIMESTAMPTZ(3),
    "connected_at" TIMESTAMPTZ(3),
    "account_id" TEXT,
    "account_fault" "account_fault",
    "account_words" TEXT,
    "account_retry_at" TIMESTAMPTZ(3),
    "last_sent_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "bounced_at" TIMESTAMPTZ(3),
    "bounced_words" TEXT,
    "disowned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "employment" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "company_key" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "department" TEXT,
    "department_key" TEXT,
    "office" TEXT,
    "office_key" TEXT,
    "starts_on" DATE,
    "ends_on" DATE,

    CONSTRAINT "employment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allowed_domain" (
    "entry" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_by" INTEGER,

    CONSTRAINT "allowed_domain_pkey" PRIMARY KEY ("entry")
);

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "surface" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "platform_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address_key" TEXT,
    "language" "language",
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "user_id" INTEGER,
    "refused" TEXT,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "campaign_id" INTEGER,
    "requested_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_why" TEXT,
    "failed_words" TEXT,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification_link" (
    "token_hash" TEXT NOT NULL,
    "verification_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" INTEGER NOT NULL DEFAULT next_run_number(),
    "state" "campaign_state" NOT NULL DEFAULT 'previewed',
    "filter" JSONB NOT NULL,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" INTEGER,
    "confirmed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "paused_words" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "resumed_at" TIMESTAMPTZ(3),
    "place" JSONB NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_recipient" (
    "campaign_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "user_id" INTEGER,
    "address" TEXT,
    "state" "recipient_state" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "words" TEXT,
    "verification_id" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_recipient_pkey" PRIMARY KEY ("campaign_id","position")
);

-- CreateTable
CREATE TABLE "mail_rate" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" INTEGER NOT NULL DEFAULT next_run_number(),
    "drop_key" TEXT NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'reading',
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT,
    "source" JSONB NOT NULL,
    "language" "language" NOT NULL,
    "template" TEXT,
    "shape" JSONB,
    "header" JSONB,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "empty_rows" INTEGER NOT NULL DEFAULT 0,
    "staged_at" TIMESTAMPTZ(3),
    "counts" JSONB,
    "applied" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "fault" JSONB,
    "reach" JSONB NOT NULL,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" INTEGER,
    "confirmed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "place" JSONB NOT NULL,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_block" (
    "import_id" INTEGER NOT NULL,
    "block" INTEGER NOT NULL,
    "cells" TEXT NOT NULL,
    "grams" BYTEA NOT NULL,
    "verdicts" TEXT NOT NULL,
    "hints" JSONB,
    "notes" JSONB,
    "saved" INTEGER[],

    CONSTRAINT "import_block_pkey" PRIMARY KEY ("import_id","block")
);

-- CreateTable
CREATE TABLE "import_chunk" (
    "import_id" INTEGER NOT NULL,
    "chunk" INTEGER NOT NULL,
    "piece" INTEGER NOT NULL,
    "position" INTEGER[],
    "faults" INTEGER[],
    "user_id" TEXT[],
    "user_key" TEXT[],
    "number" TEXT[],
    "connect_email" TEXT[],
    "connect_address" TEXT[],
    "name" TEXT[],
    "name_key" TEXT[],
    "company" TEXT[],
    "company_key" TEXT[],
    "department" TEXT[],
    "department_key" TEXT[],
    "office" TEXT[],
    "office_key" TEXT[],
    "email" TEXT[],
    "email_key" TEXT[],
    "active" BOOLEAN[],
    "alias_user_id" TEXT[],
    "signature" TEXT[],
    "card_tag_id" TEXT[],
    "external_reference" TEXT[],
    "language" "language"[],
    "protected_identity" BOOLEAN[],
    "starts_on" DATE[],
    "ends_on" DATE[],

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("import_id","chunk","piece")
);

-- A search reads it of every block: it stays within the row.
ALTER TABLE "import_block" ALTER "grams" SET STORAGE PLAIN;

-- Short-lived: not worth compressing.
ALTER TABLE "import_chunk"
    ALTER "position" SET STORAGE EXTERNAL,
    ALTER "faults" SET STORAGE EXTERNAL,
    ALTER "user_id" SET STORAGE EXTERNAL,
    ALTER "user_key" SET STORAGE EXTERNAL,
    ALTER "number" SET STORAGE EXTERNAL,
    ALTER "connect_email" SET STORAGE EXTERNAL,
    ALTER "connect_address" SET STORAGE EXTERNAL,
    ALTER "name" SET STORAGE EXTERNAL,
    ALTER "name_key" SET STORAGE EXTERNAL,
    ALTER "company" SET STORAGE EXTERNAL,
    ALTER "company_key" SET STORAGE EXTERNAL,
    ALTER "department" SET STORAGE EXTERNAL,
    ALTER "department_key" SET STORAGE EXTERNAL,
    ALTER "office" SET STORAGE EXTERNAL,
    ALTER "office_key" SET STORAGE EXTERNAL,
    ALTER "email" SET STORAGE EXTERNAL,
    ALTER "email_key" SET STORAGE EXTERNAL,
    ALTER "active" SET STORAGE EXTERNAL,
    ALTER "alias_user_id" SET STORAGE EXTERNAL,
    ALTER "signature" SET STORAGE EXTERNAL,
    ALTER "card_tag_id" SET STORAGE EXTERNAL,
    ALTER "external_reference" SET STORAGE EXTERNAL,
    ALTER "language" SET STORAGE EXTERNAL,
    ALTER "protected_identity" SET STORAGE EXTERNAL,
    ALTER "starts_on" SET STORAGE EXTERNAL,
    ALTER "ends_on" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "live_message" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "surface" TEXT NOT NULL,
    "place" JSONB,
    "person_id" INTEGER,
    "ref" JSONB,
    "language" "language" NOT NULL,
    "shown" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "live_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "press" (
    "id" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "acting" BOOLEAN NOT NULL,
    "person_id" INTEGER,
    "language" "language",
    "message_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_at" TIMESTAMPTZ(3),

    CONSTRAINT "press_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incoming_event" (
    "id" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "body" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incoming_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_ticket" (
    "token_hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "log_ticket_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "surface" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" UUID,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "process" (
    "id" TEXT NOT NULL,
    "workers" TEXT[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "process_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_subject_key" ON "user"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "user_user_key_key" ON "user"("user_key");

-- Two users never hold the same address (U2). Checked after the statement, so that one may swap two users' (I4).
ALTER TABLE "user" ADD CONSTRAINT "user_connect_address_key" UNIQUE ("connect_address") DEFERRABLE INITIALLY IMMEDIATE;

-- CreateIndex
CREATE INDEX "user_email_key_idx" ON "user"("email_key");

-- CreateIndex
CREATE INDEX "user_connection_idx" ON "user"("connection");

-- CreateIndex
CREATE INDEX "employment_user_id_idx" ON "employment"("user_id");

-- CreateIndex
CREATE INDEX "employment_company_key_department_key_idx" ON "employment"("company_key", "department_key");

-- CreateIndex
CREATE UNIQUE INDEX "employment_company_key_number_key" ON "employment"("company_key", "number");

-- CreateIndex
CREATE INDEX "person_user_id_idx" ON "person"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_surface_tenant_platform_id_key" ON "person"("surface", "tenant", "platform_id");

-- CreateIndex
CREATE INDEX "verification_user_id_created_at_idx" ON "verification"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "verification_link_verification_id_idx" ON "verification_link"("verification_id");

-- CreateIndex
CREATE INDEX "campaign_created_at_idx" ON "campaign"("created_at");

-- CreateIndex
CREATE INDEX "campaign_recipient_campaign_id_state_position_idx" ON "campaign_recipient"("campaign_id", "state", "position");

-- CreateIndex
CREATE INDEX "campaign_recipient_user_id_idx" ON "campaign_recipient"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_drop_key_key" ON "import"("drop_key");

-- CreateIndex
CREATE INDEX "import_created_at_idx" ON "import"("created_at");

-- CreateIndex
CREATE INDEX "import_file_hash_idx" ON "import"("file_hash");

-- CreateIndex
CREATE INDEX "live_message_kind_subject_id_idx" ON "live_message"("kind", "subject_id");

-- CreateIndex
CREATE INDEX "press_expires_at_idx" ON "press"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "press_message_id_line_key" ON "press"("message_id", "line");

-- CreateIndex
CREATE INDEX "incoming_event_received_at_idx" ON "incoming_event"("received_at");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- AddForeignKey
ALTER TABLE "employment" ADD CONSTRAINT "employment_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allowed_domain" ADD CONSTRAINT "allowed_domain_added_by_fkey" FOREIGN KEY ("added_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification_link" ADD CONSTRAINT "verification_link_verification_id_fkey" FOREIGN KEY ("verification_id") REFERENCES "verification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipient" ADD CONSTRAINT "campaign_recipient_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipient" ADD CONSTRAINT "campaign_recipient_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_block" ADD CONSTRAINT "import_block_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A user has at most one open verification.
CREATE UNIQUE INDEX "verification_open_key" ON "verification"("user_id") WHERE "used_at" IS NULL AND "revoked_at" IS NULL;
