-- AlterTable
ALTER TABLE "import_missing" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3);
