-- AlterTable
ALTER TABLE "import" ADD COLUMN     "wanted_sheet" TEXT;
