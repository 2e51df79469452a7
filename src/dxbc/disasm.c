#include "dxbc/disasm.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxbc/internal.h"
#include "dxbc/signature.h"
#include "dxbc/statement.h"
#include "dxbc/tokens.h"
#include "dxbc/walk.h"
#include "dxbc/words.h"

#define DEPTH_MAX      24u
#define DWORDS_A_LINE  8u
#define SMALL_NUMBER   0x10000u
#define OPEN_BODY_WORD 2u

struct printer {
    const struct dxbc_text_sink *sink;
    uint32_t program;
    uint32_t model;
    uint32_t depth;
};

static const char lane_names[] = "xyzw";

__attribute__((format(printf, 2, 3))) static void put(const struct printer *printer,
                                                      const char *format, ...)
{
    char text[160];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (length > 0)
        printer->sink->write(printer->sink->user, text,
                             (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1);
}

static float float_of(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static bool float_reads_back(const char *text, uint32_t bits)
{
    const float value = strtof(text, NULL);
    uint32_t read;

    memcpy(&read, &value, sizeof(read));
    return read == bits;
}

static void put_float(const struct printer *printer, uint32_t bits)
{
    char text[64];

    snprintf(text, sizeof(text), "%f", (double)float_of(bits));
    if (strlen(text) > 20 || !float_reads_back(text, bits))
        snprintf(text, sizeof(text), "%.9g", (double)float_of(bits));
    put(printer, "%s%s", text, strpbrk(text, ".e") ? "" : ".0");
}

static void put_integer(const struct printer *printer, uint32_t bits)
{
    if (bits < SMALL_NUMBER || ~bits < SMALL_NUMBER)
        put(printer, "%d", (int)bits);
    else
        put(printer, "0x%08x", (unsigned)bits);
}

/* Bits that make no sense as a float are shown as the integer they probably are. */
static void put_number(const struct printer *printer, uint32_t bits, char letter)
{
    const uint32_t exponent = bits >> 23 & 0xFF;

    if (letter == 'i')
        put(printer, "%d", (int)bits);
    else if (letter == 'u')
        put(printer, "%u", (unsigned)bits);
    else if (letter == 'x' || exponent == 0xFF || (exponent == 0 && bits << 1 != 0) || bits == 0)
        put_integer(printer, bits);
    else
        put_float(printer, bits);
}

static void put_double(const struct printer *printer, const uint32_t *words)
{
    double value;

    memcpy(&value, words, sizeof(value));
    if ((words[1] >> 20 & 0x7FF) != 0x7FF)
        put(printer, "%.17gl", value);
    else
        put(printer, "0x%08x%08x", (unsigned)words[1], (unsigned)words[0]);
}

static void put_immediate(const struct printer *printer, const struct dxbc_argument *argument,
                          char letter)
{
    const bool is_double = argument->file == DXBC_FILE_IMMEDIATE2;
    const uint32_t words = dxbc_argument_immediates(argument);

    put(printer, is_double ? "d(" : "l(");
    for (uint32_t i = 0; i < words; i += is_double ? 2 : 1) {
        put(printer, "%s", i > 0 ? ", " : "");
        if (is_double)
            put_double(printer, &argument->immediate[i]);
        else
            put_number(printer, argument->immediate[i], letter);
    }
    put(printer, ")");
}

static void put_bare_components(const struct printer *printer, uint32_t components,
                                uint32_t expected)
{
    if (components != expected)
        put(printer, ":%u", (unsigned)components);
}

static void put_relative(const struct printer *printer, const struct dxbc_index_register *relative)
{
    const struct dxbc_file_info *const file = dxbc_file_find(relative->file);

    put(printer, "%s", file->name);
    for (uint32_t i = 0; i < relative->index_count; i++)
        put(printer, i > 0 || (relative->index_count == 2 && file->is_rows) ? "[%u]" : "%u",
            (unsigned)relative->index[i]);
    if (relative->components == 4)
        put(printer, ".%c", lane_names[relative->lane]);
}

static void put_index(const struct printer *printer, const struct dxbc_index *index,
                      bool is_bracketed)
{
    if (index->form == DXBC_INDEX_NUMBER) {
        put(printer, is_bracketed ? "[%u]" : "%u", (unsigned)index->number);
        return;
    }
    put(printer, "[");
    put_relative(printer, &index->relative);
    if (index->form == DXBC_INDEX_REGISTER_NUMBER)
        put(printer, " + %u", (unsigned)index->number);
    put(printer, "]");
}

static void put_lanes(const struct printer *printer, const struct dxbc_argument *argument)
{
    put(printer, ".");
    for (uint32_t i = 0; i < 4; i++) {
        switch (argument->selection) {
        case DXBC_SELECT_MASK:
            if (argument->lanes >> i & 1)
                put(printer, "%c", lane_names[i]);
            break;
        case DXBC_SELECT_SWIZZLE:
            put(printer, "%c", lane_names[argument->lanes >> 2 * i & 3]);
            break;
        default:
            if (i == 0)
                put(printer, "%c", lane_names[argument->lanes & 3]);
            break;
        }
    }
}

static void put_register(const struct printer *printer, const struct dxbc_argument *argument,
                         uint32_t opcode)
{
    const struct dxbc_file_info *const file = dxbc_file_find(argument->file);
    const bool is_declared_input =
        opcode >= DXBC_OP_DCL_INPUT && opcode <= DXBC_OP_DCL_INPUT_PS_SIV;
    const bool is_declared_buffer = opcode == DXBC_OP_DCL_CONSTANT_BUFFER;

    put(printer, "%s", is_declared_buffer ? "CB" : file->name);
    for (uint32_t i = 0; i < argument->index_count; i++)
        put_index(printer, &argument->index[i],
                  i > 0 || file->is_bracketed || (argument->index_count > 1 && file->is_rows));
    if (argument->components == 4)
        put_lanes(printer, argument);
    else
        put_bare_components(printer, argument->components,
                            is_declared_input ? 0 : file->bare_components);
}

static void put_argument(const struct printer *printer, const struct dxbc_argument *argument,
                         char letter, uint32_t opcode)
{
    put(printer, "%s%s", argument->is_negated ? "-" : "", argument->is_absolute ? "|" : "");
    if (dxbc_argument_immediates(argument))
        put_immediate(printer, argument, letter);
    else
        put_register(printer, argument, opcode);
    put(printer, "%s", argument->is_absolute ? "|" : "");
}

static void put_flags(const struct printer *printer, dxbc_words flags, uint32_t controls,
                      const char *between)
{
    const char *separator = "";

    for (; flags && flags->text; flags++) {
        if (controls & flags->value) {
            put(printer, "%s%s", separator, flags->text);
            separator = between;
        }
    }
}

static void put_return_types(const struct printer *printer, uint32_t types)
{
    put(printer, "(");
    for (uint32_t i = 0; i < 4; i++)
        put(printer, "%s%s", i > 0 ? "," : "",
            dxbc_word_text(dxbc_words_return_type, types >> 4 * i & 0xF));
    put(printer, ")");
}

static void put_lookup(const struct printer *printer, const struct dxbc_statement *statement)
{
    put(printer, "%s%s", statement->has_offset ? "_aoffimmi" : "",
        statement->has_type ? "_indexable" : "");
    if (statement->has_offset)
        put(printer, "(%d,%d,%d)", statement->offset[0], statement->offset[1],
            statement->offset[2]);
    if (statement->has_type) {
        put(printer, "(%s", dxbc_word_text(dxbc_words_dimension, statement->dimension));
        if (statement->stride_bytes)
            put(printer, ", stride=%u", (unsigned)statement->stride_bytes);
        put(printer, ")");
        put_return_types(printer, statement->return_types);
    }
}

static void put_name(const struct printer *printer, const struct dxbc_statement *statement,
                     const struct dxbc_opcode_info *info)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    const uint32_t precise = (statement->controls & DXBC_PRECISE_MASK) >> DXBC_PRECISE_SHIFT;
    const uint32_t samples =
        (statement->controls & DXBC_SAMPLE_COUNT_MASK) >> DXBC_SAMPLE_COUNT_SHIFT;

    put(printer, "%s", info->name);
    put_lookup(printer, statement);
    if (words->style == DXBC_STYLE_SUFFIX)
        put(printer, "%s", dxbc_word_text(words->words, statement->controls & words->mask));
    if (words->style != DXBC_STYLE_BITS)
        put_flags(printer, words->flags, statement->controls, "");
    if (info->controls == DXBC_CONTROLS_RESOURCE && samples)
        put(printer, "(%u)", (unsigned)samples);
    if (info->class != DXBC_CLASS_DECLARATION && precise) {
        put(printer, " [precise(");
        for (uint32_t i = 0; i < 4; i++) {
            if (precise >> i & 1)
                put(printer, "%c", lane_names[i]);
        }
        put(printer, ")]");
    }
}

static void put_word(const struct printer *printer, char letter, const uint32_t *words)
{
    switch (letter) {
    case 'n':
        put(printer, "%s", dxbc_word_text(dxbc_words_system_value, words[0]));
        break;
    case 'g':
        put(printer, "l(");
        put_number(printer, words[0], 'f');
        put(printer, ")");
        break;
    case 'B':
        put(printer, "fb%u", (unsigned)words[0]);
        break;
    case 'X':
        put(printer, "x%u[%u], %u", (unsigned)words[0], (unsigned)words[1], (unsigned)words[2]);
        break;
    default:
        put(printer, "%u", (unsigned)words[0]);
        break;
    }
}

/* What control bits put in front of the operands or in their place. Answers whether it did. */
static bool put_leading(const struct printer *printer, const struct dxbc_statement *statement,
                        const struct dxbc_opcode_info *info)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    const char *text = "";

    switch (words->style) {
    case DXBC_STYLE_LEADING:
        text = dxbc_word_text(words->words, statement->controls & words->mask);
        break;
    case DXBC_STYLE_COUNT:
        put(printer, " %u", (unsigned)((statement->controls & words->mask) >> 11));
        return true;
    case DXBC_STYLE_BITS:
        put(printer, " ");
        put_flags(printer, words->flags, statement->controls, " | ");
        return true;
    default:
        break;
    }
    put(printer, "%s%s", *text ? " " : "", text);
    return *text != 0;
}

static void put_statement(const struct printer *printer, const struct dxbc_statement *statement)
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(statement->opcode);
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    const char *separator = " ";
    uint32_t argument = 0, word = 0;

    put_name(printer, statement, info);
    put_leading(printer, statement, info);
    if (strchr(info->operands, 'r')) {
        put(printer, " ");
        put_return_types(printer, statement->return_types);
    }
    for (const char *letter = info->operands; *letter; letter++) {
        if (*letter == 'r')
            continue;
        put(printer, "%s", *letter == 'v' ? " " : separator);
        if (dxbc_letter_is_operand(*letter))
            put_argument(printer, &statement->arguments[argument++], *letter, statement->opcode);
        else
            put_word(printer, *letter, &statement->words[word++]);
        separator = ", ";
    }
    if (words->style == DXBC_STYLE_LAST)
        put(printer, ", %s", dxbc_word_text(words->words, statement->controls & words->mask));
}

static void put_constants(const struct printer *printer, const struct dxbc_instruction *instruction)
{
    put(printer, "dcl_immediateConstantBuffer { ");
    for (uint32_t i = OPEN_BODY_WORD; i < instruction->length_dwords; i++) {
        const uint32_t lane = (i - OPEN_BODY_WORD) % 4;

        if (lane == 0)
            put(printer, "%s{ ", i > OPEN_BODY_WORD ? ",\n                              " : "");
        put_number(printer, dxbc_instruction_word(instruction, i), 'f');
        put(printer, lane < 3 ? ", " : "}");
    }
    put(printer, " }");
}

static void put_list(const struct printer *printer, const struct dxbc_instruction *instruction,
                     uint32_t first, const char *prefix)
{
    put(printer, " = {");
    for (uint32_t i = first; i < instruction->length_dwords; i++)
        put(printer, "%s%s%u", i > first ? ", " : "", prefix,
            (unsigned)dxbc_instruction_word(instruction, i));
    put(printer, "}");
}

static bool put_constants_checked(const struct printer *printer,
                                  const struct dxbc_instruction *instruction, const char **reason)
{
    if (instruction->token != (DXBC_OP_CUSTOM_DATA | 3u << 11))
        return dxbc_refuse(reason, "custom data");
    if (instruction->length_dwords < 6 || instruction->length_dwords % 4 != 2)
        return dxbc_refuse(reason, "immediate constants that are no vectors");
    put_constants(printer, instruction);
    return true;
}

/* Function tables and interfaces: a number, for interfaces one more, a count and a list. */
static bool put_open(const struct printer *printer, const struct dxbc_opcode_info *info,
                     const struct dxbc_instruction *instruction, const char **reason)
{
    const bool is_interface = info->operands[0] == 'P';
    const uint32_t head = is_interface ? 4 : 3;
    const uint32_t controls = instruction->token & 0x80FFF800;
    uint32_t count;

    if (info->operands[0] == 'C')
        return put_constants_checked(printer, instruction, reason);
    if (printer->model < info->model && printer->program != DXBC_PROGRAM_COMPUTE)
        return dxbc_refuse(reason, "needs shader model 5.0");
    if (instruction->length_dwords < head || controls & ~dxbc_control_mask(info))
        return dxbc_refuse(reason, "unusual encoding");
    count = dxbc_instruction_word(instruction, head - 1);
    if ((count & 0xFFFF) != instruction->length_dwords - head || (!is_interface && count >> 16))
        return dxbc_refuse(reason, "unusual encoding");
    put(printer, "%s%s %s%u", info->name, controls ? "_dynamicindexed" : "",
        is_interface ? "fp" : "ft", (unsigned)dxbc_instruction_word(instruction, 1));
    if (is_interface)
        put(printer, "[%u][%u]", (unsigned)(count >> 16),
            (unsigned)dxbc_instruction_word(instruction, 2));
    put_list(printer, instruction, head, is_interface ? "ft" : "fb");
    return true;
}

static void put_dwords(const struct printer *printer, const uint8_t *words, uint32_t count,
                       const char *reason, uint32_t opcode)
{
    for (uint32_t i = 0; i < count; i++) {
        put(printer, "%s0x%08x", i % DWORDS_A_LINE ? ", " : "dword ",
            (unsigned)dxbc_load_u32(words + 4 * (size_t)i));
        if (i == DWORDS_A_LINE - 1 || (i < DWORDS_A_LINE && i == count - 1))
            put(printer, " ; %s 0x%x", reason, (unsigned)opcode);
        if (i % DWORDS_A_LINE == DWORDS_A_LINE - 1 || i == count - 1)
            put(printer, "\n");
    }
}

static bool opens_block(uint32_t opcode)
{
    return opcode == DXBC_OP_IF || opcode == DXBC_OP_LOOP || opcode == DXBC_OP_SWITCH;
}

static bool closes_block(uint32_t opcode)
{
    return opcode == DXBC_OP_ENDIF || opcode == DXBC_OP_ENDLOOP || opcode == DXBC_OP_ENDSWITCH;
}

static void put_indent(struct printer *printer, uint32_t opcode)
{
    const bool is_middle =
        opcode == DXBC_OP_ELSE || opcode == DXBC_OP_CASE || opcode == DXBC_OP_DEFAULT;
    uint32_t depth;

    if (closes_block(opcode) && printer->depth > 0)
        printer->depth--;
    depth = is_middle && printer->depth > 0 ? printer->depth - 1 : printer->depth;
    put(printer, "%*s", (int)(2 * (depth < DEPTH_MAX ? depth : DEPTH_MAX)), "");
    if (opens_block(opcode))
        printer->depth++;
}

static void put_instruction(struct printer *printer, const struct dxbc_instruction *instruction)
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(instruction->opcode);
    const char *reason = "unknown opcode";
    struct dxbc_statement statement;

    if (info && dxbc_opcode_is_open(info)) {
        if (put_open(printer, info, instruction, &reason)) {
            put(printer, "\n");
            return;
        }
    } else if (dxbc_statement_decode(instruction, printer->program, printer->model, &statement,
                                     &reason)) {
        put_indent(printer, instruction->opcode);
        put_statement(printer, &statement);
        put(printer, "\n");
        return;
    }
    put_dwords(printer, instruction->words, instruction->length_dwords, reason,
               instruction->opcode);
}

bool dxbc_disassemble(const void *tokens, size_t supplied_dwords, const struct dxbc_text_sink *sink,
                      const char **reason)
{
    static const char *const programs[DXBC_PROGRAMS] = { "ps", "vs", "gs", "hs", "ds", "cs" };
    struct printer printer = { .sink = sink };
    struct dxbc_instruction instruction;
    const char *sentence = NULL;
    struct dxbc_walk walk;

    if (!dxbc_walk_init(&walk, tokens, supplied_dwords, reason))
        return false;
    printer.program = walk.program;
    printer.model = walk.major * 10u + walk.minor;
    put(&printer, "%s_%u_%u\n", programs[walk.program], walk.major, walk.minor);
    for (;;) {
        const uint32_t at = walk.next_dword;

        switch (dxbc_walk_next(&walk, &instruction, &sentence)) {
        case DXBC_STEP_INSTRUCTION:
            put_instruction(&printer, &instruction);
            break;
        case DXBC_STEP_END:
            return true;
        case DXBC_STEP_DAMAGED:
            put_dwords(&printer, walk.words + 4 * (size_t)at, walk.length_dwords - at, sentence,
                       dxbc_opcode_type(dxbc_load_u32(walk.words + 4 * (size_t)at)));
            return dxbc_refuse(reason, sentence);
        }
    }
}
