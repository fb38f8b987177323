package dev.affidavit.encryption;

/** A content key that was decrypted, with the header of the lines it is for. */
record OpenKey(LineHeader header, AesKey key) {}
