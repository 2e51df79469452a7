/**
 * Reads shader text piece by piece for the assembler: bounded, line by line, with the first error
 * kept. Private to this folder.
 */
#ifndef DXBC_LEXER_H
#define DXBC_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/words.h"

struct dxbc_lexer {
    const char *at;
    const char *end;
    uint32_t line;
    bool is_spanning; /**< inside braces a statement goes on behind the end of its line */
    char *error;      /**< lent; empty as long as all is well */
    size_t error_size;
};

/** A run of characters in the text. */
struct dxbc_span {
    const char *text;
    size_t length;
};

/** Keeps "line 3: ..." unless an earlier error is kept already; always false. */
bool dxbc_lexer_fail(struct dxbc_lexer *lexer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Skips blanks and comments (";" and "//"); answers the character then ahead, 0 at the end of the
 * line. */
char dxbc_lexer_peek(struct dxbc_lexer *lexer);

/** Skips the rest of the line and the line's end; false at the end of the text. */
bool dxbc_lexer_next_line(struct dxbc_lexer *lexer);

/** Skips blanks, then takes a character if it is the one ahead. */
bool dxbc_lexer_accept(struct dxbc_lexer *lexer, char character);

/** As accept; its absence is an error. */
bool dxbc_lexer_expect(struct dxbc_lexer *lexer, char character);

/** Takes letters, digits and underscores; an empty span when something else is ahead. */
struct dxbc_span dxbc_lexer_name(struct dxbc_lexer *lexer);

/** Takes letters only. */
struct dxbc_span dxbc_lexer_letters(struct dxbc_lexer *lexer);

/** Takes the longest of these words that is ahead and ends there; false when none is. */
bool dxbc_lexer_word(struct dxbc_lexer *lexer, dxbc_words words, uint32_t *value);

/** Takes a decimal or hexadecimal number of 32 bits without sign. */
bool dxbc_lexer_unsigned(struct dxbc_lexer *lexer, uint32_t *value);

/** Takes a number as 32 bits: an integer with or without sign, or a float if it has . or e. */
bool dxbc_lexer_number(struct dxbc_lexer *lexer, uint32_t *bits);

/** Takes a number as the two words of a double; an l may follow it. */
bool dxbc_lexer_double(struct dxbc_lexer *lexer, uint32_t words[2]);

static inline bool dxbc_span_is(struct dxbc_span span, const char *text)
{
    size_t i = 0;

    while (i < span.length && text[i] && span.text[i] == text[i])
        i++;
    return i == span.length && text[i] == 0;
}

#endif
