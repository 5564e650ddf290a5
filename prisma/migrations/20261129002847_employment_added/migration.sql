-- AlterTable
ALTER TABLE "employment" ADD COLUMN     "added_at" TIMESTAMPTZ(3);
