/** Keys that stay in a key management service: it encrypts and decrypts content keys, over HTTP. */
@NullMarked
package com.example.kms;

import org.jspecify.annotations.NullMarked;
