#include "dxbc/asm.h"

#include <string.h>

#include "dxbc/asm_operand.h"
#include "dxbc/asm_signature.h"
#include "dxbc/internal.h"
#include "dxbc/tokens.h"

#define NAME_SHOWN 40

struct assembler {
    struct dxbc_lexer lexer;
    struct dxbc_assembly *assembly;
    uint32_t program;
    uint32_t model; /* 0 until the program is named */
    bool in_patch_phase;
};

static int shown(struct dxbc_span span)
{
    return (int)(span.length < NAME_SHOWN ? span.length : NAME_SHOWN);
}

static bool append(struct assembler *assembler, const uint32_t *words, uint32_t count)
{
    struct dxbc_assembly *const assembly = assembler->assembly;

    if (count > assembly->capacity_dwords - assembly->length_dwords ||
        count > DXBC_TOKENS_MAX - assembly->length_dwords)
        return dxbc_lexer_fail(&assembler->lexer, "the program is longer than %u words",
                               (unsigned)assembly->capacity_dwords);
    memcpy(assembly->tokens + assembly->length_dwords, words, 4 * (size_t)count);
    assembly->length_dwords += count;
    return true;
}

static bool append_word(struct assembler *assembler, uint32_t word)
{
    return append(assembler, &word, 1);
}

static bool has_prefix(struct dxbc_span span, const char *prefix)
{
    const size_t length = strlen(prefix);

    return length <= span.length && memcmp(span.text, prefix, length) == 0 &&
           (length == span.length || span.text[length] == '_');
}

static struct dxbc_span behind(struct dxbc_span span, size_t length)
{
    return (struct dxbc_span){ span.text + length, span.length - length };
}

/* Takes one of the words from the front of a suffix and adds its value. */
static bool take_suffix(struct dxbc_span *suffix, dxbc_words words, uint32_t *controls)
{
    for (; words && words->text; words++) {
        if (words->text[0] && has_prefix(*suffix, words->text)) {
            *suffix = behind(*suffix, strlen(words->text));
            *controls |= words->value;
            return true;
        }
    }
    return false;
}

/* Whether a list of words has the empty one. */
static bool may_be_absent(dxbc_words words)
{
    const char *const text = dxbc_word_text(words, 0);

    return text && text[0] == 0;
}

/* Reads everything behind the row's name. False, without an error, when it is not this row. */
static bool parse_suffix(struct dxbc_span suffix, const struct dxbc_opcode_info *info,
                         struct dxbc_statement *statement)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    const bool has_suffix_words = words->style == DXBC_STYLE_SUFFIX;
    bool is_taken = !has_suffix_words;

    while (suffix.length > 0) {
        if (has_prefix(suffix, "_aoffimmi") && !statement->has_offset) {
            statement->has_offset = true;
            suffix = behind(suffix, strlen("_aoffimmi"));
        } else if (has_prefix(suffix, "_indexable") && !statement->has_type) {
            statement->has_type = true;
            suffix = behind(suffix, strlen("_indexable"));
        } else if (!is_taken && take_suffix(&suffix, words->words, &statement->controls)) {
            is_taken = true;
        } else if (words->style == DXBC_STYLE_BITS ||
                   !take_suffix(&suffix, words->flags, &statement->controls)) {
            return false;
        }
    }
    return is_taken || may_be_absent(words->words);
}

/* Finds the row with the longest name that, with what may follow, is this name. */
static const struct dxbc_opcode_info *find_row(struct dxbc_span name,
                                               struct dxbc_statement *statement)
{
    const struct dxbc_opcode_info *best = NULL;
    struct dxbc_statement tried;

    for (uint32_t opcode = 0; opcode < DXBC_OPCODES; opcode++) {
        const struct dxbc_opcode_info *const info = dxbc_opcode_find(opcode);

        if (!info || !has_prefix(name, info->name) ||
            (best && strlen(info->name) < strlen(best->name)))
            continue;
        tried = (struct dxbc_statement){ .opcode = opcode };
        if (parse_suffix(behind(name, strlen(info->name)), info, &tried)) {
            *statement = tried;
            best = info;
        }
    }
    return best;
}

static bool parse_return_types(struct dxbc_lexer *lexer, uint32_t *types)
{
    *types = 0;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t value;

        if (!dxbc_lexer_expect(lexer, i == 0 ? '(' : ','))
            return false;
        if (!dxbc_lexer_word(lexer, dxbc_words_return_type, &value))
            return dxbc_lexer_fail(lexer, "unknown return type");
        *types |= value << 4 * i;
    }
    return dxbc_lexer_expect(lexer, ')');
}

static bool parse_offset(struct dxbc_lexer *lexer, int8_t offset[3])
{
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t value;

        if (!dxbc_lexer_expect(lexer, i == 0 ? '(' : ',') || !dxbc_lexer_number(lexer, &value))
            return false;
        if ((int32_t)value < -8 || (int32_t)value > 7)
            return dxbc_lexer_fail(lexer, "a texel offset is not -8 to 7");
        offset[i] = (int8_t)(int32_t)value;
    }
    return dxbc_lexer_expect(lexer, ')');
}

static bool parse_type(struct dxbc_lexer *lexer, struct dxbc_statement *statement)
{
    if (!dxbc_lexer_expect(lexer, '('))
        return false;
    if (!dxbc_lexer_word(lexer, dxbc_words_dimension, &statement->dimension))
        return dxbc_lexer_fail(lexer, "unknown resource dimension");
    if (dxbc_lexer_accept(lexer, ',')) {
        if (!dxbc_span_is(dxbc_lexer_name(lexer), "stride") || !dxbc_lexer_accept(lexer, '='))
            return dxbc_lexer_fail(lexer, "expected 'stride='");
        if (!dxbc_lexer_unsigned(lexer, &statement->stride_bytes))
            return false;
    }
    return dxbc_lexer_expect(lexer, ')') && parse_return_types(lexer, &statement->return_types);
}

static bool parse_precise(struct dxbc_lexer *lexer, uint32_t *controls)
{
    static const char lanes[] = "xyzw";
    struct dxbc_span span;

    lexer->at++;
    if (!dxbc_span_is(dxbc_lexer_name(lexer), "precise"))
        return dxbc_lexer_fail(lexer, "expected 'precise'");
    if (!dxbc_lexer_expect(lexer, '('))
        return false;
    span = dxbc_lexer_letters(lexer);
    for (size_t i = 0; i < span.length; i++) {
        const char *const lane = strchr(lanes, span.text[i]);

        if (!lane)
            return dxbc_lexer_fail(lexer, "components are x, y, z and w");
        *controls |= 1u << (DXBC_PRECISE_SHIFT + (uint32_t)(lane - lanes));
    }
    return dxbc_lexer_expect(lexer, ')') && dxbc_lexer_expect(lexer, ']');
}

static bool parse_sample_count(struct dxbc_lexer *lexer, uint32_t *controls)
{
    uint32_t count;

    if (!dxbc_lexer_expect(lexer, '(') || !dxbc_lexer_unsigned(lexer, &count))
        return false;
    if (count > DXBC_SAMPLE_COUNT_MASK >> DXBC_SAMPLE_COUNT_SHIFT)
        return dxbc_lexer_fail(lexer, "a sample count beyond 127");
    *controls |= count << DXBC_SAMPLE_COUNT_SHIFT;
    return dxbc_lexer_expect(lexer, ')');
}

static bool parse_attributes(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info,
                             struct dxbc_statement *statement)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);

    if (statement->has_offset && !parse_offset(lexer, statement->offset))
        return false;
    if (statement->has_type && !parse_type(lexer, statement))
        return false;
    if (statement->has_type && words->style == DXBC_STYLE_SUFFIX && lexer->at < lexer->end &&
        *lexer->at == '_' && !(statement->controls & words->mask)) {
        if (!dxbc_lexer_word(lexer, words->words, &statement->controls))
            return dxbc_lexer_fail(lexer, "unknown suffix");
    }
    if (info->controls == DXBC_CONTROLS_RESOURCE && lexer->at < lexer->end && *lexer->at == '(' &&
        !parse_sample_count(lexer, &statement->controls))
        return false;
    return dxbc_lexer_peek(lexer) != '[' || parse_precise(lexer, &statement->controls);
}

static bool parse_bits(struct dxbc_lexer *lexer, dxbc_words words, uint32_t *controls)
{
    uint32_t value;

    if (dxbc_lexer_peek(lexer) == 0)
        return true;
    do {
        if (!dxbc_lexer_word(lexer, words, &value))
            return dxbc_lexer_fail(lexer, "unknown flag");
        *controls |= value;
    } while (dxbc_lexer_accept(lexer, '|'));
    return true;
}

static bool parse_leading(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info,
                          struct dxbc_statement *statement)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    uint32_t value = 0;

    switch (words->style) {
    case DXBC_STYLE_LEADING:
        if (!dxbc_lexer_word(lexer, words->words, &value) && !may_be_absent(words->words))
            return dxbc_lexer_fail(lexer, "%s does not know this word", info->name);
        statement->controls |= value;
        return true;
    case DXBC_STYLE_BITS:
        return parse_bits(lexer, words->flags, &statement->controls);
    case DXBC_STYLE_COUNT:
        if (!dxbc_lexer_unsigned(lexer, &value))
            return false;
        if (value > words->mask >> 11)
            return dxbc_lexer_fail(lexer, "%s takes a number up to %u", info->name,
                                   (unsigned)(words->mask >> 11));
        statement->controls |= value << 11;
        return true;
    default:
        return true;
    }
}

/* A name that ends in a number: x0, fb1. */
static bool parse_numbered(struct dxbc_lexer *lexer, const char *prefix, uint32_t *number)
{
    if (!dxbc_span_is(dxbc_lexer_letters(lexer), prefix))
        return dxbc_lexer_fail(lexer, "expected %s and a number", prefix);
    return dxbc_lexer_unsigned(lexer, number);
}

static bool parse_bracketed(struct dxbc_lexer *lexer, uint32_t *number)
{
    return dxbc_lexer_expect(lexer, '[') && dxbc_lexer_unsigned(lexer, number) &&
           dxbc_lexer_expect(lexer, ']');
}

static bool parse_word(struct dxbc_lexer *lexer, char letter, struct dxbc_statement *statement)
{
    uint32_t *const word = &statement->words[statement->word_count++];

    switch (letter) {
    case 'n':
        return dxbc_lexer_word(lexer, dxbc_words_system_value, word) ||
               dxbc_lexer_fail(lexer, "unknown system value");
    case 'g':
        if (!dxbc_span_is(dxbc_lexer_letters(lexer), "l"))
            return dxbc_lexer_fail(lexer, "expected l()");
        return dxbc_lexer_expect(lexer, '(') && dxbc_lexer_number(lexer, word) &&
               dxbc_lexer_expect(lexer, ')');
    case 'B':
        return parse_numbered(lexer, "fb", word);
    case 'X':
        statement->word_count += 2;
        return parse_numbered(lexer, "x", word) && parse_bracketed(lexer, word + 1) &&
               dxbc_lexer_expect(lexer, ',') && dxbc_lexer_unsigned(lexer, word + 2);
    default:
        return dxbc_lexer_unsigned(lexer, word);
    }
}

static uint32_t operand_count(const struct dxbc_opcode_info *info)
{
    return (uint32_t)strlen(info->operands) - (strchr(info->operands, 'r') != NULL);
}

static bool parse_separator(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info,
                            uint32_t index, char letter)
{
    const bool is_ahead = index == 0 ? dxbc_lexer_peek(lexer) != 0 : dxbc_lexer_accept(lexer, ',');

    if (is_ahead || (letter == 'v' && dxbc_lexer_peek(lexer) != 0))
        return true;
    return dxbc_lexer_fail(lexer, "%s takes %u operands", info->name,
                           (unsigned)operand_count(info));
}

static bool parse_operands(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info,
                           struct dxbc_statement *statement)
{
    uint32_t index = 0;

    if (strchr(info->operands, 'r') && !parse_return_types(lexer, &statement->return_types))
        return false;
    for (const char *letter = info->operands; *letter; letter++) {
        if (*letter == 'r')
            continue;
        if (!parse_separator(lexer, info, index++, *letter))
            return false;
        if (dxbc_letter_is_operand(*letter)
                ? !dxbc_asm_operand(lexer, *letter, statement->opcode,
                                    &statement->arguments[statement->argument_count++])
                : !parse_word(lexer, *letter, statement))
            return false;
    }
    return true;
}

static bool parse_last(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info,
                       struct dxbc_statement *statement)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);
    uint32_t value;

    if (words->style != DXBC_STYLE_LAST)
        return true;
    if (!dxbc_lexer_expect(lexer, ','))
        return false;
    if (!dxbc_lexer_word(lexer, words->words, &value))
        return dxbc_lexer_fail(lexer, "%s does not know this word", info->name);
    statement->controls |= value;
    return true;
}

static bool expect_line_end(struct dxbc_lexer *lexer, const struct dxbc_opcode_info *info)
{
    dxbc_lexer_peek(lexer);
    if (lexer->at == lexer->end || *lexer->at == '\n')
        return true;
    if (!info)
        return dxbc_lexer_fail(lexer, "more than a statement in this line");
    return dxbc_lexer_fail(lexer, "more than %s and its %u operands", info->name,
                           (unsigned)operand_count(info));
}

static bool parse_constants(struct assembler *assembler)
{
    struct dxbc_lexer *const lexer = &assembler->lexer;
    const uint32_t start = assembler->assembly->length_dwords;

    if (!append_word(assembler, DXBC_OP_CUSTOM_DATA | 3u << 11) || !append_word(assembler, 0))
        return false;
    lexer->is_spanning = true;
    if (!dxbc_lexer_expect(lexer, '{'))
        return false;
    do {
        for (uint32_t i = 0; i < 4; i++) {
            uint32_t bits;

            if (!dxbc_lexer_expect(lexer, i == 0 ? '{' : ',') || !dxbc_lexer_number(lexer, &bits) ||
                !append_word(assembler, bits))
                return false;
        }
        if (!dxbc_lexer_expect(lexer, '}'))
            return false;
    } while (dxbc_lexer_accept(lexer, ','));
    if (!dxbc_lexer_expect(lexer, '}'))
        return false;
    lexer->is_spanning = false;
    assembler->assembly->tokens[start + 1] = assembler->assembly->length_dwords - start;
    return expect_line_end(lexer, NULL);
}

static bool parse_list(struct assembler *assembler, const char *prefix, uint32_t *count)
{
    struct dxbc_lexer *const lexer = &assembler->lexer;
    uint32_t number;

    *count = 0;
    if (!dxbc_lexer_expect(lexer, '=') || !dxbc_lexer_expect(lexer, '{'))
        return false;
    if (dxbc_lexer_accept(lexer, '}'))
        return true;
    do {
        if (!parse_numbered(lexer, prefix, &number) || !append_word(assembler, number))
            return false;
        ++*count;
    } while (dxbc_lexer_accept(lexer, ','));
    return dxbc_lexer_expect(lexer, '}');
}

/* Function tables and interfaces: a number, for interfaces one more, a count and a list. */
static bool parse_table(struct assembler *assembler, const struct dxbc_statement *statement,
                        const struct dxbc_opcode_info *info)
{
    const bool is_interface = info->operands[0] == 'P';
    const uint32_t head = is_interface ? 4 : 3;
    const uint32_t start = assembler->assembly->length_dwords;
    uint32_t words[4] = { 0 }, array_length = 0, count;
    uint32_t *tokens;

    if (assembler->model < info->model && assembler->program != DXBC_PROGRAM_COMPUTE)
        return dxbc_lexer_fail(&assembler->lexer, "%s: needs shader model 5.0", info->name);
    if (!parse_numbered(&assembler->lexer, is_interface ? "fp" : "ft", &words[1]))
        return false;
    if (is_interface && (!parse_bracketed(&assembler->lexer, &array_length) ||
                         !parse_bracketed(&assembler->lexer, &words[2])))
        return false;
    if (array_length > UINT16_MAX)
        return dxbc_lexer_fail(&assembler->lexer, "an interface array longer than 65535");
    if (!append(assembler, words, head) ||
        !parse_list(assembler, is_interface ? "ft" : "fb", &count))
        return false;
    if (head + count > 127)
        return dxbc_lexer_fail(&assembler->lexer, "a list longer than an instruction");
    tokens = assembler->assembly->tokens + start;
    tokens[0] = statement->opcode | statement->controls | (head + count) << 24;
    tokens[head - 1] = array_length << 16 | count;
    return expect_line_end(&assembler->lexer, NULL);
}

static bool parse_open(struct assembler *assembler, const struct dxbc_statement *statement,
                       const struct dxbc_opcode_info *info)
{
    return info->operands[0] == 'C' ? parse_constants(assembler)
                                    : parse_table(assembler, statement, info);
}

static bool parse_dwords(struct assembler *assembler)
{
    uint32_t word;

    do {
        if (!dxbc_lexer_unsigned(&assembler->lexer, &word) || !append_word(assembler, word))
            return false;
    } while (dxbc_lexer_accept(&assembler->lexer, ','));
    return expect_line_end(&assembler->lexer, NULL);
}

static bool declare(struct assembler *assembler, const struct dxbc_statement *statement)
{
    if (statement->opcode >= DXBC_OP_HS_DECLS && statement->opcode <= DXBC_OP_HS_JOIN_PHASE)
        assembler->in_patch_phase = statement->opcode == DXBC_OP_HS_FORK_PHASE ||
                                    statement->opcode == DXBC_OP_HS_JOIN_PHASE;
    return dxbc_asm_declare(assembler->assembly, statement, assembler->in_patch_phase) ||
           dxbc_lexer_fail(&assembler->lexer, "more than %u entries in a signature",
                           DXBC_ASSEMBLY_ENTRIES_MAX);
}

static bool parse_statement(struct assembler *assembler, struct dxbc_span name)
{
    struct dxbc_lexer *const lexer = &assembler->lexer;
    uint32_t words[DXBC_STATEMENT_WORDS_MAX];
    const struct dxbc_opcode_info *info;
    struct dxbc_statement statement;
    const char *reason = NULL;

    if (dxbc_span_is(name, "dword"))
        return parse_dwords(assembler);
    info = find_row(name, &statement);
    if (!info)
        return dxbc_lexer_fail(lexer, "unknown opcode '%.*s'", shown(name), name.text);
    if (dxbc_opcode_is_open(info))
        return parse_open(assembler, &statement, info);
    if (!parse_attributes(lexer, info, &statement) || !parse_leading(lexer, info, &statement) ||
        !parse_operands(lexer, info, &statement) || !parse_last(lexer, info, &statement) ||
        !expect_line_end(lexer, info))
        return false;
    if (!dxbc_statement_check(&statement, assembler->program, assembler->model, &reason))
        return dxbc_lexer_fail(lexer, "%s: %s", info->name, reason);
    return append(assembler, words, dxbc_statement_encode(&statement, words)) &&
           declare(assembler, &statement);
}

static bool parse_version(struct assembler *assembler, struct dxbc_span name)
{
    static const struct dxbc_word programs[] = {
        { "ps", DXBC_PROGRAM_PIXEL },
        { "vs", DXBC_PROGRAM_VERTEX },
        { "gs", DXBC_PROGRAM_GEOMETRY },
        { "hs", DXBC_PROGRAM_HULL },
        { "ds", DXBC_PROGRAM_DOMAIN },
        { "cs", DXBC_PROGRAM_COMPUTE },
        { NULL, 0 },
    };
    static const struct dxbc_word models[] = {
        { "_4_0", 40 }, { "_4_1", 41 }, { "_5_0", 50 }, { NULL, 0 }
    };
    uint32_t model;

    if (name.length != 6 || !dxbc_word_value(programs, name.text, 2, &assembler->program) ||
        !dxbc_word_value(models, name.text + 2, 4, &model))
        return dxbc_lexer_fail(&assembler->lexer, "expected a program such as ps_4_0");
    assembler->model = model;
    return append_word(assembler, assembler->program << 16 | model / 10 << 4 | model % 10) &&
           append_word(assembler, 0) && expect_line_end(&assembler->lexer, NULL);
}

static bool parse_line(struct assembler *assembler)
{
    struct dxbc_span name;

    if (dxbc_lexer_peek(&assembler->lexer) == 0)
        return expect_line_end(&assembler->lexer, NULL);
    name = dxbc_lexer_name(&assembler->lexer);
    if (name.length == 0)
        return dxbc_lexer_fail(&assembler->lexer, "expected a statement");
    return assembler->model == 0 ? parse_version(assembler, name)
                                 : parse_statement(assembler, name);
}

bool dxbc_assemble(const char *text, size_t length, struct dxbc_assembly *assembly)
{
    struct assembler assembler = {
        .lexer = { .at = text,
                   .end = text + length,
                   .line = 1,
                   .error = assembly->error,
                   .error_size = sizeof(assembly->error) },
        .assembly = assembly,
    };

    assembly->length_dwords = 0;
    assembly->inputs.count = assembly->outputs.count = assembly->patch.count = 0;
    assembly->error[0] = 0;
    do {
        if (!parse_line(&assembler))
            return false;
    } while (dxbc_lexer_next_line(&assembler.lexer));
    if (assembler.model == 0)
        return dxbc_lexer_fail(&assembler.lexer, "no program");
    assembly->tokens[1] = assembly->length_dwords;
    return true;
}
