-- CreateTable
CREATE TABLE "conversation" (
    "surface" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "platform_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "service_url" TEXT NOT NULL,
    "bot_id" TEXT NOT NULL,
    "language" "language",
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("surface","tenant","id","platform_id")
);

-- CreateIndex
CREATE INDEX "conversation_surface_tenant_platform_id_idx" ON "conversation"("surface", "tenant", "platform_id");
