/**
 * Values of JSON documents that stand inside of HTML: pure ASCII, and without the characters with
 * which a script element could end or a markup begin, whatever the bytes are.
 */
#ifndef REPLAY_JSON_H
#define REPLAY_JSON_H

#include <stdint.h>
#include <stdio.h>

/** A string in quotes. What is no UTF-8 becomes U+FFFD. */
void json_string(FILE *out, const void *bytes, size_t size_bytes);

/** A string in quotes, of NUL-terminated text; NULL gives null. */
void json_text(FILE *out, const char *text);

/** Bytes as a Base64 string in quotes (RFC 4648). */
void json_base64(FILE *out, const void *bytes, size_t size_bytes);

/** A float; what JSON has no number for becomes a string: "nan", "inf", "-inf". */
void json_float(FILE *out, float value);

#endif
