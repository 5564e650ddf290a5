-- AlterTable
ALTER TABLE "import" ADD COLUMN     "asked_in" JSONB;

-- CreateTable
CREATE TABLE "import_asked" (
    "person_id" INTEGER NOT NULL,
    "place" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_asked_pkey" PRIMARY KEY ("person_id")
);
