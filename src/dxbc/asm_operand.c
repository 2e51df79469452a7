#include "dxbc/asm_operand.h"

#include <string.h>

#include "dxbc/tokens.h"

static const char lane_names[] = "xyzw";

static bool parse_immediate(struct dxbc_lexer *lexer, struct dxbc_argument *argument,
                            bool is_double)
{
    const uint32_t step = is_double ? 2 : 1;
    uint32_t count = 0;

    argument->file = is_double ? DXBC_FILE_IMMEDIATE2 : DXBC_FILE_IMMEDIATE;
    do {
        if (count == 4)
            return dxbc_lexer_fail(lexer, "more than 4 words in a number");
        if (!(is_double ? dxbc_lexer_double(lexer, &argument->immediate[count])
                        : dxbc_lexer_number(lexer, &argument->immediate[count])))
            return false;
        count += step;
    } while (dxbc_lexer_accept(lexer, ','));
    if (count != step && count != 4)
        return dxbc_lexer_fail(lexer, "%s",
                               is_double ? "d() takes 1 or 2 numbers" : "l() takes 1 or 4 numbers");
    argument->components = count == 4 ? 4 : 1;
    return dxbc_lexer_expect(lexer, ')');
}

static bool find_file(struct dxbc_span name, uint32_t *file)
{
    if (dxbc_span_is(name, "CB")) {
        *file = DXBC_FILE_CONSTANT_BUFFER;
        return true;
    }
    for (*file = 0; *file < DXBC_FILES; ++*file) {
        if (dxbc_file_find(*file) && dxbc_span_is(name, dxbc_file_find(*file)->name))
            return true;
    }
    return false;
}

static bool parse_file(struct dxbc_lexer *lexer, uint8_t *file)
{
    const struct dxbc_span name = dxbc_lexer_letters(lexer);
    uint32_t found;

    if (!find_file(name, &found)) {
        if (name.length == 0)
            return dxbc_lexer_fail(lexer, "expected a register");
        return dxbc_lexer_fail(lexer, "unknown register '%.*s'",
                               (int)(name.length < 40 ? name.length : 40), name.text);
    }
    *file = (uint8_t)found;
    return true;
}

static bool digit_is_ahead(const struct dxbc_lexer *lexer)
{
    return lexer->at < lexer->end && *lexer->at >= '0' && *lexer->at <= '9';
}

/* A register number directly behind the file's name. */
static bool parse_register_number(struct dxbc_lexer *lexer, uint32_t *number)
{
    uint64_t value = 0;

    while (digit_is_ahead(lexer)) {
        value = value * 10 + (uint64_t)(*lexer->at++ - '0');
        if (value > UINT32_MAX)
            return dxbc_lexer_fail(lexer, "a register number of more than 32 bits");
    }
    *number = (uint32_t)value;
    return true;
}

static bool character_is_ahead(const struct dxbc_lexer *lexer, char character)
{
    return lexer->at < lexer->end && *lexer->at == character;
}

static bool parse_lane(struct dxbc_lexer *lexer, uint8_t *lane)
{
    const char *const found =
        lexer->at < lexer->end && *lexer->at ? strchr(lane_names, *lexer->at) : NULL;

    if (!found)
        return false;
    *lane = (uint8_t)(found - lane_names);
    lexer->at++;
    return true;
}

static bool parse_relative(struct dxbc_lexer *lexer, struct dxbc_index_register *relative)
{
    if (!parse_file(lexer, &relative->file))
        return false;
    if (digit_is_ahead(lexer) &&
        !parse_register_number(lexer, &relative->index[relative->index_count++]))
        return false;
    while (character_is_ahead(lexer, '[')) {
        lexer->at++;
        if (relative->index_count == 2)
            return dxbc_lexer_fail(lexer, "more than 2 indices in a computed index");
        if (!dxbc_lexer_unsigned(lexer, &relative->index[relative->index_count++]) ||
            !dxbc_lexer_expect(lexer, ']'))
            return false;
    }
    relative->components = dxbc_file_find(relative->file)->bare_components;
    if (character_is_ahead(lexer, '.')) {
        lexer->at++;
        relative->components = 4;
        if (!parse_lane(lexer, &relative->lane))
            return dxbc_lexer_fail(lexer, "a computed index needs one component: [r0.x]");
    }
    return true;
}

static bool parse_index(struct dxbc_lexer *lexer, struct dxbc_index *index)
{
    dxbc_lexer_peek(lexer);
    if (digit_is_ahead(lexer))
        return dxbc_lexer_unsigned(lexer, &index->number) && dxbc_lexer_expect(lexer, ']');
    index->form = DXBC_INDEX_REGISTER;
    if (!parse_relative(lexer, &index->relative))
        return false;
    if (dxbc_lexer_accept(lexer, '+')) {
        index->form = DXBC_INDEX_REGISTER_NUMBER;
        if (!dxbc_lexer_unsigned(lexer, &index->number))
            return false;
    }
    return dxbc_lexer_expect(lexer, ']');
}

static bool parse_mask(struct dxbc_lexer *lexer, struct dxbc_argument *argument)
{
    uint8_t lane, least = 0;

    argument->selection = DXBC_SELECT_MASK;
    while (parse_lane(lexer, &lane)) {
        if (lane < least)
            return dxbc_lexer_fail(lexer, "a mask names x, y, z and w in that order, once each");
        argument->lanes |= (uint8_t)(1u << lane);
        least = (uint8_t)(lane + 1);
    }
    return argument->lanes != 0 || dxbc_lexer_fail(lexer, "a mask of no components");
}

static bool parse_swizzle(struct dxbc_lexer *lexer, struct dxbc_argument *argument)
{
    uint32_t count = 0;
    uint8_t lane, first = 0;

    while (count < 5 && parse_lane(lexer, &lane)) {
        first = count == 0 ? lane : first;
        if (count < 4)
            argument->lanes |= (uint8_t)(lane << 2 * count);
        count++;
    }
    if (count != 1 && count != 4)
        return dxbc_lexer_fail(lexer, "a source takes one or four components");
    argument->selection = count == 1 ? DXBC_SELECT_ONE : DXBC_SELECT_SWIZZLE;
    if (count == 1)
        argument->lanes = first;
    return true;
}

static bool parse_components(struct dxbc_lexer *lexer, char letter, uint32_t opcode,
                             struct dxbc_argument *argument)
{
    const bool is_declared_input =
        opcode >= DXBC_OP_DCL_INPUT && opcode <= DXBC_OP_DCL_INPUT_PS_SIV;
    uint32_t count;

    if (character_is_ahead(lexer, '.')) {
        lexer->at++;
        argument->components = 4;
        return letter == 'd' ? parse_mask(lexer, argument) : parse_swizzle(lexer, argument);
    }
    argument->components = is_declared_input ? 0 : dxbc_file_find(argument->file)->bare_components;
    if (character_is_ahead(lexer, ':')) {
        lexer->at++;
        if (!dxbc_lexer_unsigned(lexer, &count))
            return false;
        if (count > 1)
            return dxbc_lexer_fail(lexer, "a component count is not 0 or 1");
        argument->components = (uint8_t)count;
    }
    return true;
}

static bool parse_register(struct dxbc_lexer *lexer, char letter, uint32_t opcode,
                           struct dxbc_argument *argument)
{
    if (!parse_file(lexer, &argument->file))
        return false;
    if (digit_is_ahead(lexer) &&
        !parse_register_number(lexer, &argument->index[argument->index_count++].number))
        return false;
    while (character_is_ahead(lexer, '[')) {
        lexer->at++;
        if (argument->index_count == 3)
            return dxbc_lexer_fail(lexer, "more than 3 indices");
        if (!parse_index(lexer, &argument->index[argument->index_count++]))
            return false;
    }
    return parse_components(lexer, letter, opcode, argument);
}

bool dxbc_asm_operand(struct dxbc_lexer *lexer, char letter, uint32_t opcode,
                      struct dxbc_argument *argument)
{
    const char *start;

    argument->is_negated = dxbc_lexer_accept(lexer, '-');
    argument->is_absolute = dxbc_lexer_accept(lexer, '|');
    dxbc_lexer_peek(lexer);
    start = lexer->at;
    if (lexer->end - start > 1 && (*start == 'l' || *start == 'd') && start[1] == '(') {
        lexer->at += 2;
        if (!parse_immediate(lexer, argument, *start == 'd'))
            return false;
    } else if (!parse_register(lexer, letter, opcode, argument)) {
        return false;
    }
    return !argument->is_absolute || dxbc_lexer_expect(lexer, '|');
}
