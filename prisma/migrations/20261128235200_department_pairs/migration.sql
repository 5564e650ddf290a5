-- AlterTable
ALTER TABLE "export_pairs" ADD COLUMN     "file" INTEGER;
