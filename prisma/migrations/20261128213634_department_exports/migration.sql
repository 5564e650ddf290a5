-- AlterTable
ALTER TABLE "export" ADD COLUMN     "files" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "per_department" BOOLEAN NOT NULL DEFAULT false;
