#include "json.h"

#include <math.h>
#include <string.h>

/* Takes one code point off the front: its length in bytes, 1 with U+FFFD for damage. */
static size_t take_code_point(const uint8_t *bytes, size_t size_bytes, uint32_t *code)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const size_t length = bytes[0] < 0x80             ? 1
                          : (bytes[0] & 0xE0) == 0xC0 ? 2
                          : (bytes[0] & 0xF0) == 0xE0 ? 3
                          : (bytes[0] & 0xF8) == 0xF0 ? 4
                                                      : 0;

    *code = 0xFFFD;
    if (length == 0 || length > size_bytes)
        return 1;
    if (length > 1) {
        uint32_t value = bytes[0] & (0x7Fu >> length);

        for (size_t i = 1; i < length; i++) {
            if ((bytes[i] & 0xC0) != 0x80)
                return 1;
            value = value << 6 | (bytes[i] & 0x3F);
        }
        if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
            return 1;
        *code = value;
    } else {
        *code = bytes[0];
    }
    return length;
}

static void put_code_point(FILE *out, uint32_t code)
{
    if (code == '"' || code == '\\')
        fprintf(out, "\\%c", (int)code);
    else if (code >= 0x20 && code < 0x7F && code != '<' && code != '>' && code != '&')
        fputc((int)code, out);
    else if (code < 0x10000)
        fprintf(out, "\\u%04x", (unsigned)code);
    else
        fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (code - 0x10000) / 0x400),
                (unsigned)(0xDC00 + (code - 0x10000) % 0x400));
}

void json_string(FILE *out, const void *bytes, size_t size_bytes)
{
    const uint8_t *at = bytes;

    fputc('"', out);
    while (size_bytes > 0) {
        uint32_t code;
        const size_t length = take_code_point(at, size_bytes, &code);

        put_code_point(out, code);
        at += length;
        size_bytes -= length;
    }
    fputc('"', out);
}

void json_text(FILE *out, const char *text)
{
    if (text)
        json_string(out, text, strlen(text));
    else
        fputs("null", out);
}

void json_base64(FILE *out, const void *bytes, size_t size_bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *in = bytes;

    fputc('"', out);
    for (size_t i = 0; i < size_bytes; i += 3) {
        const size_t left = size_bytes - i;
        const uint32_t group = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
                               (left > 2 ? in[i + 2] : 0);

        fputc(digits[group >> 18], out);
        fputc(digits[group >> 12 & 63], out);
        fputc(left > 1 ? digits[group >> 6 & 63] : '=', out);
        fputc(left > 2 ? digits[group & 63] : '=', out);
    }
    fputc('"', out);
}

void json_float(FILE *out, float value)
{
    if (isfinite(value))
        fprintf(out, "%.9g", (double)value);
    else
        fputs(isnan(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"", out);
}
