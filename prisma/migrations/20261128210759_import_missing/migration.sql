-- CreateTable
CREATE TABLE "import_missing" (
    "import_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,

    CONSTRAINT "import_missing_pkey" PRIMARY KEY ("import_id","user_id")
);

-- CreateIndex
CREATE INDEX "import_missing_user_id_idx" ON "import_missing"("user_id");

-- AddForeignKey
ALTER TABLE "import_missing" ADD CONSTRAINT "import_missing_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_missing" ADD CONSTRAINT "import_missing_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
