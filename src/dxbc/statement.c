#include "dxbc/statement.h"

#include <string.h>

#include "dxbc/internal.h"
#include "dxbc/scan.h"
#include "dxbc/signature.h"
#include "dxbc/tokens.h"
#include "dxbc/words.h"

/* Kinds of the words that may follow an opcode word, in the order they are written. */
#define EXTENDED_OFFSET  1u
#define EXTENDED_TYPE    2u
#define EXTENDED_RETURNS 3u

#define EXTENDED_BIT     (1u << 31)
#define OPERAND_MODIFIER 1u
#define MODIFIER_SHIFT   6u
#define COMPONENTS_FOUR  2u
#define CONTROLS_MASK    0xFFF800u
#define STRIDE_BYTES_MAX 2048u

uint32_t dxbc_argument_immediates(const struct dxbc_argument *argument)
{
    if (argument->file == DXBC_FILE_IMMEDIATE)
        return argument->components;
    if (argument->file == DXBC_FILE_IMMEDIATE2)
        return argument->components == 4 ? 4 : 2;
    return 0;
}

bool dxbc_letter_is_operand(char letter)
{
    return strchr("dfiuxetmsl", letter) != NULL;
}

static uint32_t words_of_letter(char letter)
{
    if (letter == 'X')
        return 3;
    return letter == 'r' || dxbc_letter_is_operand(letter) ? 0 : 1;
}

static uint32_t component_bits(uint32_t components)
{
    return components == 4 ? COMPONENTS_FOUR : components;
}

static uint32_t encode_relative(const struct dxbc_index_register *relative, uint32_t *words)
{
    uint32_t count = 1;

    words[0] = component_bits(relative->components) | (uint32_t)relative->file << 12 |
               (uint32_t)relative->index_count << 20;
    if (relative->components == 4)
        words[0] |= (uint32_t)DXBC_SELECT_ONE << 2 | (uint32_t)relative->lane << 4;
    for (uint32_t i = 0; i < relative->index_count; i++)
        words[count++] = relative->index[i];
    return count;
}

static uint32_t encode_argument(const struct dxbc_argument *argument, bool is_constant_buffer_size,
                                uint32_t *words)
{
    const uint32_t immediates = dxbc_argument_immediates(argument);
    uint32_t count = 1;

    words[0] = component_bits(argument->components) | (uint32_t)argument->file << 12 |
               (uint32_t)argument->index_count << 20;
    if (argument->components == 4 && !immediates)
        words[0] |= (uint32_t)argument->selection << 2 | (uint32_t)argument->lanes << 4;
    if (is_constant_buffer_size)
        words[0] |= COMPONENTS_FOUR | (uint32_t)DXBC_SELECT_SWIZZLE << 2 | 0xE4u << 4;
    if (argument->is_negated || argument->is_absolute) {
        words[0] |= EXTENDED_BIT;
        words[count++] = OPERAND_MODIFIER | (argument->is_negated + 2u * argument->is_absolute)
                                                << MODIFIER_SHIFT;
    }
    for (uint32_t i = 0; i < argument->index_count; i++) {
        const struct dxbc_index *const index = &argument->index[i];

        words[0] |= (uint32_t)index->form << (22 + 3 * i);
        if (index->form != DXBC_INDEX_REGISTER)
            words[count++] = index->number;
        if (index->form != DXBC_INDEX_NUMBER)
            count += encode_relative(&index->relative, words + count);
    }
    memcpy(words + count, argument->immediate, 4 * immediates);
    return count + immediates;
}

static uint32_t encode_extended(const struct dxbc_statement *statement, uint32_t *words)
{
    uint32_t count = 1;

    if (statement->has_offset) {
        words[count - 1] |= EXTENDED_BIT;
        words[count] = EXTENDED_OFFSET;
        for (uint32_t i = 0; i < 3; i++)
            words[count] |= ((uint32_t)statement->offset[i] & 0xF) << (9 + 4 * i);
        count++;
    }
    if (statement->has_type) {
        words[count - 1] |= EXTENDED_BIT;
        words[count++] = EXTENDED_TYPE | EXTENDED_BIT | statement->dimension << 6 |
                         statement->stride_bytes << 11;
        words[count++] = EXTENDED_RETURNS | statement->return_types << 6;
    }
    return count;
}

uint32_t dxbc_statement_encode(const struct dxbc_statement *statement,
                               uint32_t words[DXBC_STATEMENT_WORDS_MAX])
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(statement->opcode);
    uint32_t count, argument = 0, plain = 0;

    words[0] = statement->opcode | statement->controls;
    count = encode_extended(statement, words);
    for (const char *letter = info->operands; *letter; letter++) {
        if (dxbc_letter_is_operand(*letter)) {
            count += encode_argument(&statement->arguments[argument++],
                                     info->controls == DXBC_CONTROLS_ACCESS, words + count);
        } else if (*letter == 'r') {
            words[count++] = statement->return_types;
        } else {
            for (uint32_t i = 0; i < words_of_letter(*letter); i++)
                words[count++] = statement->words[plain++];
        }
    }
    words[0] |= count << 24;
    return count;
}

static bool check_index(const struct dxbc_index *index, const char **reason)
{
    const struct dxbc_file_info *const file = dxbc_file_find(index->relative.file);

    if (index->form == DXBC_INDEX_NUMBER)
        return true;
    if (index->form != DXBC_INDEX_REGISTER && index->form != DXBC_INDEX_REGISTER_NUMBER)
        return dxbc_refuse(reason, "an index of 64 bits");
    if (!file || index->relative.index_count > 2)
        return dxbc_refuse(reason, "an index is computed from something that is no register");
    if (index->relative.components != 4 &&
        (index->relative.components != 1 || file->bare_components != 1))
        return dxbc_refuse(reason, "a computed index needs a component: [r0.x]");
    return true;
}

/* Whether components are chosen the way a letter of the operand list asks for. */
static bool selection_fits(const struct dxbc_argument *argument, char letter)
{
    if (argument->components != 4)
        return true;
    switch (letter) {
    case 'd':
        return argument->selection == DXBC_SELECT_MASK && argument->lanes > 0 &&
               argument->lanes <= 0xF;
    case 's': /* gather4 chooses the component with its sampler */
        return argument->selection == DXBC_SELECT_ONE && argument->lanes < 4;
    case 'm':
    case 'l':
        return false;
    default:
        return (argument->selection == DXBC_SELECT_ONE && argument->lanes < 4) ||
               argument->selection == DXBC_SELECT_SWIZZLE;
    }
}

static bool file_fits(uint32_t file, char letter)
{
    switch (letter) {
    case 't':
        return file == DXBC_FILE_RESOURCE || file == DXBC_FILE_UAV ||
               file == DXBC_FILE_SHARED_MEMORY || file == DXBC_FILE_RASTERIZER;
    case 'm':
        return file == DXBC_FILE_UAV || file == DXBC_FILE_SHARED_MEMORY || file == DXBC_FILE_STREAM;
    case 's':
        return file == DXBC_FILE_SAMPLER;
    case 'l':
        return file == DXBC_FILE_LABEL;
    default:
        return true;
    }
}

static bool check_immediate(const struct dxbc_argument *argument, char letter, const char **reason)
{
    const bool is_double = argument->file == DXBC_FILE_IMMEDIATE2;

    if (!strchr("fiuxe", letter))
        return dxbc_refuse(reason, "a number where a register belongs");
    if (is_double != (letter == 'e'))
        return dxbc_refuse(reason, "doubles are written d(), everything else l()");
    if (argument->index_count != 0)
        return dxbc_refuse(reason, "a number with an index");
    if (argument->components != 1 && argument->components != 4)
        return dxbc_refuse(reason, "l() takes 1 or 4 numbers, d() 1 or 2");
    return true;
}

static bool check_argument(const struct dxbc_argument *argument, char letter, bool is_size,
                           const char **reason)
{
    if (dxbc_argument_immediates(argument) || argument->file == DXBC_FILE_IMMEDIATE ||
        argument->file == DXBC_FILE_IMMEDIATE2)
        return check_immediate(argument, letter, reason);
    if (!dxbc_file_find(argument->file))
        return dxbc_refuse(reason, "no such register file");
    if (argument->components > 1 && argument->components != 4)
        return dxbc_refuse(reason, "a register has 0, 1 or 4 components");
    if (argument->components != 4 && !is_size &&
        (letter == 't' || dxbc_file_find(argument->file)->is_vector))
        return dxbc_refuse(reason, "components are missing: .x or .xyzw");
    if (!file_fits(argument->file, letter))
        return dxbc_refuse(reason, "an operand is of the wrong register file");
    if (!selection_fits(argument, letter))
        return dxbc_refuse(reason, letter == 'd' ? "a result takes a mask: .xyzw or part of it"
                                                 : "a source takes one or four components");
    if ((argument->is_negated || argument->is_absolute) && !strchr("fiuxe", letter))
        return dxbc_refuse(reason, "a sign where none can be");
    for (uint32_t i = 0; i < argument->index_count; i++) {
        if (!check_index(&argument->index[i], reason))
            return false;
    }
    return true;
}

static bool check_controls(const struct dxbc_statement *statement,
                           const struct dxbc_opcode_info *info, const char **reason)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);

    if (statement->controls & ~dxbc_control_mask(info))
        return dxbc_refuse(reason, "control bits without a meaning");
    if (words->words && !dxbc_word_text(words->words, statement->controls & words->mask))
        return dxbc_refuse(reason, "control bits without a meaning");
    return true;
}

static bool return_types_are_known(uint32_t types)
{
    for (uint32_t i = 0; i < 4; i++) {
        if (!dxbc_word_text(dxbc_words_return_type, types >> 4 * i & 0xF))
            return false;
    }
    return types >> 16 == 0;
}

static bool check_extended(const struct dxbc_statement *statement,
                           const struct dxbc_opcode_info *info, const char **reason)
{
    const bool is_lookup = info->class == DXBC_CLASS_TEXTURE || info->class == DXBC_CLASS_MEMORY;

    if ((statement->has_offset || statement->has_type) && !is_lookup)
        return dxbc_refuse(reason, "only lookups take offsets and types");
    for (uint32_t i = 0; statement->has_offset && i < 3; i++) {
        if (statement->offset[i] < -8 || statement->offset[i] > 7)
            return dxbc_refuse(reason, "a texel offset is not -8 to 7");
    }
    if (!statement->has_type)
        return true;
    if (!dxbc_word_text(dxbc_words_dimension, statement->dimension) ||
        !return_types_are_known(statement->return_types))
        return dxbc_refuse(reason, "a resource of unknown dimension or type");
    if (statement->stride_bytes > STRIDE_BYTES_MAX ||
        (statement->stride_bytes && statement->dimension != DXBC_DIMENSION_STRUCTURED_BUFFER))
        return dxbc_refuse(reason, "a stride is not 0 to 2048 bytes of a structured buffer");
    return true;
}

static bool check_words(const struct dxbc_statement *statement, const struct dxbc_opcode_info *info,
                        const char **reason)
{
    uint32_t plain = 0;

    for (const char *letter = info->operands; *letter; letter++) {
        if (*letter == 'n' && !dxbc_word_text(dxbc_words_system_value, statement->words[plain]))
            return dxbc_refuse(reason, "an unknown system value");
        if (*letter == 'r' && !return_types_are_known(statement->return_types))
            return dxbc_refuse(reason, "an unknown return type");
        plain += words_of_letter(*letter);
    }
    return true;
}

bool dxbc_statement_check(const struct dxbc_statement *statement, uint32_t program, uint32_t model,
                          const char **reason)
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(statement->opcode);
    uint32_t argument = 0;

    if (!info)
        return dxbc_refuse(reason, "unknown opcode");
    if (info->model > model && program != DXBC_PROGRAM_COMPUTE)
        return dxbc_refuse(reason,
                           info->model == 50 ? "needs shader model 5.0" : "needs shader model 4.1");
    for (const char *letter = info->operands; *letter; letter++) {
        if (dxbc_letter_is_operand(*letter) &&
            !check_argument(&statement->arguments[argument++], *letter,
                            info->controls == DXBC_CONTROLS_ACCESS, reason))
            return false;
    }
    if (info->controls == DXBC_CONTROLS_ACCESS &&
        (statement->arguments[0].file != DXBC_FILE_CONSTANT_BUFFER ||
         statement->arguments[0].components != 0 || statement->arguments[0].index_count != 2))
        return dxbc_refuse(reason, "a constant buffer is declared as CB0[1]");
    return check_controls(statement, info, reason) && check_extended(statement, info, reason) &&
           check_words(statement, info, reason);
}

/* A bounded reader of one instruction's words. Beyond the end it hands out zeros. */
struct cursor {
    const struct dxbc_instruction *instruction;
    uint32_t next;
    bool is_short;
};

static uint32_t take(struct cursor *cursor)
{
    if (cursor->next >= cursor->instruction->length_dwords) {
        cursor->is_short = true;
        return 0;
    }
    return dxbc_instruction_word(cursor->instruction, cursor->next++);
}

static uint8_t component_count(uint32_t token)
{
    return (uint8_t)((token & 3) == COMPONENTS_FOUR ? 4 : token & 3);
}

static void decode_relative(struct cursor *cursor, struct dxbc_index_register *relative)
{
    const uint32_t token = take(cursor);

    relative->file = (uint8_t)dxbc_operand_file(token);
    relative->components = component_count(token);
    if (relative->components == 4)
        relative->lane = token >> 4 & 3;
    relative->index_count = (uint8_t)dxbc_operand_index_count(token);
    for (uint32_t i = 0; i < relative->index_count && i < 2; i++)
        relative->index[i] = take(cursor);
}

static void decode_argument(struct cursor *cursor, struct dxbc_argument *argument)
{
    const uint32_t token = take(cursor);

    argument->file = (uint8_t)dxbc_operand_file(token);
    argument->components = component_count(token);
    argument->index_count = (uint8_t)dxbc_operand_index_count(token);
    if (argument->components == 4 && argument->file != DXBC_FILE_IMMEDIATE &&
        argument->file != DXBC_FILE_IMMEDIATE2) {
        argument->selection = token >> 2 & 3;
        argument->lanes = token >> 4 & 0xFF;
    }
    if (dxbc_token_is_extended(token)) {
        const uint32_t modifier = take(cursor) >> MODIFIER_SHIFT;

        argument->is_negated = modifier & 1;
        argument->is_absolute = modifier >> 1 & 1;
    }
    for (uint32_t i = 0; i < argument->index_count; i++) {
        struct dxbc_index *const index = &argument->index[i];

        index->form = (uint8_t)dxbc_operand_index_form(token, i);
        if (index->form != DXBC_INDEX_REGISTER)
            index->number = take(cursor);
        if (index->form != DXBC_INDEX_NUMBER)
            decode_relative(cursor, &index->relative);
    }
    for (uint32_t i = 0; i < dxbc_argument_immediates(argument); i++)
        argument->immediate[i] = take(cursor);
}

static void decode_extended(struct cursor *cursor, struct dxbc_statement *statement)
{
    uint32_t token = statement->opcode;

    for (cursor->next = 1; cursor->next < cursor->instruction->body_dword;) {
        token = take(cursor);
        switch (token & 0x3F) {
        case EXTENDED_OFFSET:
            statement->has_offset = true;
            for (uint32_t i = 0; i < 3; i++)
                statement->offset[i] = (int8_t)((int)((token >> (9 + 4 * i) & 0xF) ^ 8) - 8);
            break;
        case EXTENDED_TYPE:
            statement->has_type = true;
            statement->dimension = token >> 6 & 0x1F;
            statement->stride_bytes = token >> 11 & 0xFFF;
            break;
        case EXTENDED_RETURNS:
            statement->return_types = token >> 6 & 0xFFFF;
            break;
        default:
            break;
        }
    }
}

static void decode_operands(struct cursor *cursor, const struct dxbc_opcode_info *info,
                            struct dxbc_statement *statement)
{
    for (const char *letter = info->operands; *letter; letter++) {
        if (dxbc_letter_is_operand(*letter)) {
            decode_argument(cursor, &statement->arguments[statement->argument_count++]);
        } else if (*letter == 'r') {
            statement->return_types = take(cursor);
        } else {
            for (uint32_t i = 0; i < words_of_letter(*letter); i++)
                statement->words[statement->word_count++] = take(cursor);
        }
    }
}

static bool encodes_to(const struct dxbc_statement *statement,
                       const struct dxbc_instruction *instruction)
{
    uint32_t words[DXBC_STATEMENT_WORDS_MAX];

    if (dxbc_statement_encode(statement, words) != instruction->length_dwords)
        return false;
    return memcmp(words, instruction->words, 4 * (size_t)instruction->length_dwords) == 0;
}

bool dxbc_statement_decode(const struct dxbc_instruction *instruction, uint32_t program,
                           uint32_t model, struct dxbc_statement *statement, const char **reason)
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(instruction->opcode);
    struct cursor cursor = { .instruction = instruction };

    *statement = (struct dxbc_statement){ .opcode = instruction->opcode,
                                          .controls = instruction->token & CONTROLS_MASK };
    if (!info || dxbc_opcode_is_open(info))
        return dxbc_refuse(reason, "unknown opcode");
    decode_extended(&cursor, statement);
    decode_operands(&cursor, info, statement);
    if (cursor.is_short)
        return dxbc_refuse(reason, "operands are cut off");
    if (info->controls == DXBC_CONTROLS_ACCESS)
        statement->arguments[0].components = statement->arguments[0].selection =
            statement->arguments[0].lanes = 0;
    if (!dxbc_statement_check(statement, program, model, reason))
        return false;
    return encodes_to(statement, instruction) || dxbc_refuse(reason, "unusual encoding");
}
