-- AlterTable
ALTER TABLE "import" ADD COLUMN     "comparison" JSONB;

-- CreateTable
CREATE TABLE "export_pairs" (
    "export_id" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "user_keys" TEXT[],
    "numbers" TEXT[],

    CONSTRAINT "export_pairs_pkey" PRIMARY KEY ("export_id","page")
);

-- AddForeignKey
ALTER TABLE "export_pairs" ADD CONSTRAINT "export_pairs_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "export"("id") ON DELETE CASCADE ON UPDATE CASCADE;
