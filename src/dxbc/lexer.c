#include "dxbc/lexer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest number as written; more digits than that are no number anybody means. */
#define NUMBER_SIZE 64

bool dxbc_lexer_fail(struct dxbc_lexer *lexer, const char *format, ...)
{
    va_list arguments;
    int length;

    if (lexer->error[0])
        return false;
    length = snprintf(lexer->error, lexer->error_size, "line %u: ", (unsigned)lexer->line);
    if (length < 0 || (size_t)length >= lexer->error_size)
        return false;
    va_start(arguments, format);
    vsnprintf(lexer->error + length, lexer->error_size - (size_t)length, format, arguments);
    va_end(arguments);
    return false;
}

static void skip_comment(struct dxbc_lexer *lexer)
{
    while (lexer->at < lexer->end && *lexer->at != '\n')
        lexer->at++;
}

char dxbc_lexer_peek(struct dxbc_lexer *lexer)
{
    while (lexer->at < lexer->end) {
        const char ahead = *lexer->at;

        if (ahead == ' ' || ahead == '\t' || ahead == '\r') {
            lexer->at++;
        } else if (ahead == ';' ||
                   (ahead == '/' && lexer->end - lexer->at > 1 && lexer->at[1] == '/')) {
            skip_comment(lexer);
        } else if (ahead == '\n' && lexer->is_spanning) {
            lexer->line++;
            lexer->at++;
        } else {
            return ahead == '\n' ? 0 : ahead;
        }
    }
    return 0;
}

bool dxbc_lexer_next_line(struct dxbc_lexer *lexer)
{
    skip_comment(lexer);
    if (lexer->at == lexer->end)
        return false;
    lexer->at++;
    lexer->line++;
    return true;
}

bool dxbc_lexer_accept(struct dxbc_lexer *lexer, char character)
{
    if (dxbc_lexer_peek(lexer) != character || lexer->at == lexer->end)
        return false;
    lexer->at++;
    return true;
}

bool dxbc_lexer_expect(struct dxbc_lexer *lexer, char character)
{
    return dxbc_lexer_accept(lexer, character) ||
           dxbc_lexer_fail(lexer, "expected '%c'", character);
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

static bool is_name_character(char character)
{
    return is_letter(character) || (character >= '0' && character <= '9') || character == '_';
}

struct dxbc_span dxbc_lexer_name(struct dxbc_lexer *lexer)
{
    struct dxbc_span span;

    dxbc_lexer_peek(lexer);
    span.text = lexer->at;
    while (lexer->at < lexer->end && is_name_character(*lexer->at))
        lexer->at++;
    span.length = (size_t)(lexer->at - span.text);
    return span;
}

struct dxbc_span dxbc_lexer_letters(struct dxbc_lexer *lexer)
{
    struct dxbc_span span;

    dxbc_lexer_peek(lexer);
    span.text = lexer->at;
    while (lexer->at < lexer->end && is_letter(*lexer->at))
        lexer->at++;
    span.length = (size_t)(lexer->at - span.text);
    return span;
}

bool dxbc_lexer_word(struct dxbc_lexer *lexer, dxbc_words words, uint32_t *value)
{
    size_t best = 0;

    dxbc_lexer_peek(lexer);
    for (; words->text; words++) {
        const size_t length = strlen(words->text);
        const size_t ahead = (size_t)(lexer->end - lexer->at);

        if (length <= best || length > ahead || memcmp(lexer->at, words->text, length) != 0)
            continue;
        if (length < ahead && is_name_character(lexer->at[length]))
            continue;
        best = length;
        *value = words->value;
    }
    lexer->at += best;
    return best > 0;
}

/* Takes what may belong to a number, NUL-terminated; an exponent may have a sign. */
static bool take_number(struct dxbc_lexer *lexer, char text[NUMBER_SIZE])
{
    size_t length = 0;

    dxbc_lexer_peek(lexer);
    while (lexer->at < lexer->end) {
        const char ahead = *lexer->at;
        const bool is_sign = ahead == '-' || ahead == '+';
        const bool is_exponent_sign = is_sign && length > 0 &&
                                      (text[length - 1] == 'e' || text[length - 1] == 'E') &&
                                      !memchr(text, 'x', length);

        if (!is_name_character(ahead) && ahead != '.' && !is_exponent_sign &&
            !(is_sign && length == 0))
            break;
        if (length == NUMBER_SIZE - 1)
            return dxbc_lexer_fail(lexer, "a number is too long");
        text[length++] = ahead;
        lexer->at++;
    }
    text[length] = 0;
    return length > 0 || dxbc_lexer_fail(lexer, "expected a number");
}

static bool parse_integer(const char *text, long long least, long long most, uint32_t *value)
{
    const bool is_hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *const digits = is_hexadecimal ? text + 2 : text;
    long long number;
    char *end;

    if (is_hexadecimal && (*digits == '-' || *digits == '+' || *digits == 0))
        return false;
    errno = 0;
    number = strtoll(digits, &end, is_hexadecimal ? 16 : 10);
    if (errno != 0 || end == digits || *end || number < least || number > most)
        return false;
    *value = (uint32_t)number;
    return true;
}

bool dxbc_lexer_unsigned(struct dxbc_lexer *lexer, uint32_t *value)
{
    char text[NUMBER_SIZE];

    return take_number(lexer, text) &&
           (parse_integer(text, 0, UINT32_MAX, value) ||
            dxbc_lexer_fail(lexer, "'%s' is no number of 32 bits", text));
}

/* The characters of decimal floats; "inf", "nan" and hexadecimal floats are not written so. */
static bool is_decimal(const char *text)
{
    return text[strspn(text, "0123456789.eE+-")] == 0;
}

bool dxbc_lexer_number(struct dxbc_lexer *lexer, uint32_t *bits)
{
    char text[NUMBER_SIZE];
    float value;
    char *end;

    if (!take_number(lexer, text))
        return false;
    if (is_decimal(text) && strpbrk(text, ".eE")) {
        value = strtof(text, &end);
        if (end != text && *end == 0) {
            memcpy(bits, &value, sizeof(value));
            return true;
        }
    }
    return parse_integer(text, INT32_MIN, UINT32_MAX, bits) ||
           dxbc_lexer_fail(lexer, "'%s' is no number of 32 bits", text);
}

static bool parse_double_bits(const char *text, uint32_t words[2])
{
    char half[11] = "0x";

    if (strlen(text) != 18 || text[0] != '0' || text[1] != 'x')
        return false;
    memcpy(half + 2, text + 2, 8);
    half[10] = 0;
    if (!parse_integer(half, 0, UINT32_MAX, &words[1]))
        return false;
    memcpy(half + 2, text + 10, 8);
    return parse_integer(half, 0, UINT32_MAX, &words[0]);
}

bool dxbc_lexer_double(struct dxbc_lexer *lexer, uint32_t words[2])
{
    char text[NUMBER_SIZE];
    double value;
    char *end;

    if (!take_number(lexer, text))
        return false;
    if (parse_double_bits(text, words))
        return true;
    if (text[strlen(text) - 1] == 'l' || text[strlen(text) - 1] == 'L')
        text[strlen(text) - 1] = 0;
    value = strtod(text, &end);
    if (!is_decimal(text) || end == text || *end)
        return dxbc_lexer_fail(lexer, "'%s' is no number", text);
    memcpy(words, &value, sizeof(value));
    return true;
}
