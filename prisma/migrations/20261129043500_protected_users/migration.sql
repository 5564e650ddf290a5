-- Who has protected identity (U8) is asked whenever somebody reads a log, and they are few among many.
CREATE INDEX "user_protected_key" ON "user"("user_key") WHERE "protected_identity";
