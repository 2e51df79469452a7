/** Cases of shader containers, shader binding and input layouts. */
#include "validate_world.h"

static void add_spoiled(struct world *world, const struct shader_plan *plan,
                        void (*spoil)(struct shader_bytes *))
{
    struct shader_bytes shader;

    shader_build(&shader, plan);
    spoil(&shader);
    add_container(world, FREE, plan->program == PROGRAM_VERTEX ? 0 : 1, &shader);
}

#define SPOIL_CASE(name, statements)                                                               \
    static void spoil_##name(struct shader_bytes *shader)                                          \
    {                                                                                              \
        statements;                                                                                \
    }                                                                                              \
    static void build_##name(struct world *world)                                                  \
    {                                                                                              \
        const struct shader_plan plan = plan_pixel();                                              \
        add_spoiled(world, &plan, spoil_##name);                                                   \
    }

SPOIL_CASE(container_magic, shader->bytes[0] = 'd')
SPOIL_CASE(container_total_too_large, aerogpu_store_u32(shader->bytes + 24, shader->size_bytes + 4))
SPOIL_CASE(container_total_too_small, aerogpu_store_u32(shader->bytes + 24, 16))
SPOIL_CASE(container_cut_in_header, shader->size_bytes = 28)
SPOIL_CASE(container_hostile_chunk_count, aerogpu_store_u32(shader->bytes + 28, 0x40000000))
SPOIL_CASE(container_chunk_in_table, aerogpu_store_u32(shader->bytes + 36, 32))
SPOIL_CASE(container_chunk_beyond_end,
           aerogpu_store_u32(shader->bytes + 40, shader->size_bytes - 4))
SPOIL_CASE(container_chunk_too_long,
           aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 40) + 4, 0xFFFFFFF8))
SPOIL_CASE(container_tokens_too_long,
           aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 40) + 12, 500))
SPOIL_CASE(container_one_token,
           aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 40) + 12, 1))
SPOIL_CASE(container_unknown_program,
           aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 40) + 8, 6u << 16))
SPOIL_CASE(container_instruction_too_long, shader->bytes[shader->size_bytes - 1] = 2)
SPOIL_CASE(container_instruction_of_length_0, shader->bytes[shader->size_bytes - 1] = 0)
SPOIL_CASE(checksum_zero, memset(shader->bytes + 4, 0, 16))
SPOIL_CASE(checksum_of_other_bytes, shader->bytes[shader->size_bytes - 4] ^= 1)
SPOIL_CASE(sound_container, shader_rehash(shader))

static void build_container_empty(struct world *world)
{
    struct shader_bytes shader = { .size_bytes = 0 };

    add_container(world, FREE, 1, &shader);
}

static void build_container_without_code(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan.code_chunk = "STAT";
    add_shader(world, FREE, &plan);
}

static void build_container_with_shex(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan.code_chunk = "SHEX";
    add_shader(world, FREE, &plan);
}

static void build_container_declaring_b14(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_constant_buffer(&plan, 14, 1);
    add_shader(world, FREE, &plan);
}

static void build_stage_of_another_program(struct world *world)
{
    const struct shader_plan plan = plan_pixel();

    add_shader(world, FREE, &plan)->stage = AEROGPU_SHADER_STAGE_VERTEX;
}

static void build_stage_domain_as_hull(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_DOMAIN;
    plan.patch_chunk = "PCSG";
    add_shader(world, FREE, &plan)->reserved0 = AEROGPU_SHADER_STAGE_EX_HULL;
}

static void build_all_stages(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    for (uint32_t i = 0; i < PROGRAM_TYPE_COUNT; i++) {
        if (i == PROGRAM_PIXEL)
            continue;
        plan.program = i;
        plan.patch_chunk = i == PROGRAM_HULL || i == PROGRAM_DOMAIN ? "PCSG" : NULL;
        add_shader(world, FREE + i, &plan);
    }
}

static void build_compute_without_signatures(struct world *world)
{
    struct shader_plan plan = { .program = PROGRAM_COMPUTE };

    plan.input_chunk = "STAT";
    plan.output_chunk = "RDEF";
    add_shader(world, FREE, &plan);
}

static void build_stage_unknown_at_create(struct world *world)
{
    const struct shader_plan plan = plan_pixel();

    add_shader(world, FREE, &plan)->stage = 7;
}

static void build_signature_without_inputs(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.input_chunk = "RDEF";
    add_shader(world, FREE, &plan);
}

static void build_signature_without_outputs(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.output_chunk = "RDEF";
    add_shader(world, FREE, &plan);
}

static void build_signature_empty_mask(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.inputs[1].mask = 0;
    add_shader(world, FREE, &plan);
}

static void build_signature_register_32(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.outputs[1].register_index = 32;
    add_shader(world, FREE, &plan);
}

static void build_signature_register_of_two_kinds(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.outputs[1].register_index = 0;
    add_shader(world, FREE, &plan);
}

static void build_signature_register_shared(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan_output(&plan, "R", 2, 0, 1);
    add_shader(world, FREE, &plan);
}

static void build_signature_depth_output(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan.output_count = 0;
    plan_output(&plan, "SV_Depth", 0, SYSTEM_VALUE_DEPTH, 0xFFFFFFFF);
    add_shader(world, FREE, &plan);
}

static void build_signature_target_by_name(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan.outputs[0].system_value = 0;
    add_shader(world, FREE, &plan);
}

static void spoil_signature_count(struct shader_bytes *shader)
{
    aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 32) + 8, 0x10000000);
    shader_rehash(shader);
}

static void build_signature_hostile_count(struct world *world)
{
    const struct shader_plan plan = plan_pixel();

    add_spoiled(world, &plan, spoil_signature_count);
}

static void spoil_signature_name(struct shader_bytes *shader)
{
    aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 32) + 16, 0xFFFFFFFF);
    shader_rehash(shader);
}

static void build_signature_name_outside(struct world *world)
{
    const struct shader_plan plan = plan_pixel();

    add_spoiled(world, &plan, spoil_signature_name);
}

static void spoil_signature_name_in_table(struct shader_bytes *shader)
{
    aerogpu_store_u32(shader->bytes + aerogpu_load_u32(shader->bytes + 32) + 16, 8);
    shader_rehash(shader);
}

static void build_signature_name_in_table(struct world *world)
{
    const struct shader_plan plan = plan_pixel();

    add_spoiled(world, &plan, spoil_signature_name_in_table);
}

static void build_hull_without_patch_signature(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_HULL;
    add_shader(world, FREE, &plan);
}

static void build_vertex_without_position(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.outputs[0].system_value = 0;
    add_shader(world, FREE, &plan);
}

static void build_pixel_without_output(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan.output_count = 0;
    add_shader(world, FREE, &plan);
}

static void build_geometry_to_stream_1(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_GEOMETRY;
    plan.outputs[1].stream = 1;
    add_shader(world, FREE, &plan);
}

static void build_geometry_declaring_stream_1(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_GEOMETRY;
    plan_declare(&plan, 143, 16, 1);
    add_shader(world, FREE, &plan);
}

static void build_geometry_declaring_stream_0(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_GEOMETRY;
    plan_declare(&plan, 143, 16, 0);
    add_shader(world, FREE, &plan);
}

static void build_custom_data(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    /* An immediate constant buffer: its length is in the second token. */
    plan_token(&plan, 53 | 3u << 11);
    plan_token(&plan, 6);
    for (uint32_t i = 0; i < 4; i++)
        plan_token(&plan, 0xFFFFFFFF);
    add_shader(world, FREE, &plan);
}

static void build_custom_data_too_long(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_token(&plan, 53 | 3u << 11);
    plan_token(&plan, 0xFFFFFFFF);
    add_shader(world, FREE, &plan);
}

/* Binding. */

static void build_pixel_shader_as_vertex(struct world *world)
{
    scene_create(world);
    add_shaders(world, PIXEL_SHADER, 0);
}

static void build_bind_30_bytes(struct world *world)
{
    scene_create(world);
    stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, 32);
}

static void build_bind_40_bytes(struct world *world)
{
    scene_create(world);
    stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, 40);
}

static void add_geometry(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_GEOMETRY;
    add_shader(world, FREE, &plan);
}

static void build_bind_geometry_in_short_form(struct world *world)
{
    scene_create(world);
    add_geometry(world);
    add_shaders(world, VERTEX_SHADER, PIXEL_SHADER)->reserved0 = FREE;
}

static void build_bind_vertex_as_geometry_in_short_form(struct world *world)
{
    scene_create(world);
    add_shaders(world, VERTEX_SHADER, PIXEL_SHADER)->reserved0 = VERTEX_SHADER;
}

static void build_bind_geometry_mirrored(struct world *world)
{
    scene_create(world);
    add_geometry(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, FREE, 0, 0);
}

static void build_bind_geometry_mirrored_wrongly(struct world *world)
{
    scene_create(world);
    add_geometry(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, FREE, 0, 0)->reserved0 = FREE + 1;
}

static void build_bind_geometry_not_mirrored(struct world *world)
{
    scene_create(world);
    add_geometry(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, FREE, 0, 0)->reserved0 = 0;
}

static void build_constants(struct world *world)
{
    struct aerogpu_cmd_set_shader_constants_f *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_SET_SHADER_CONSTANTS_F, sizeof(*cmd) + 2 * 16);

    cmd->start_register = 4094;
    cmd->vec4_count = 2;
}

static void build_constants_beyond_file(struct world *world)
{
    struct aerogpu_cmd_set_shader_constants_f *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_SET_SHADER_CONSTANTS_F, sizeof(*cmd) + 2 * 16);

    cmd->start_register = 4095;
    cmd->vec4_count = 2;
}

/* Layouts. */

static void build_layout_with_wrong_magic(struct world *world)
{
    uint8_t *cmd = (uint8_t *)add_layout(world, FREE, scene_elements, 2);

    cmd[sizeof(struct aerogpu_cmd_create_input_layout)] = 'i';
}

static void build_layout_of_version_2(struct world *world)
{
    uint8_t *cmd = (uint8_t *)add_layout(world, FREE, scene_elements, 2);

    cmd[sizeof(struct aerogpu_cmd_create_input_layout) + 4] = 2;
}

static void build_layout_cut_off(struct world *world)
{
    add_layout(world, FREE, scene_elements, 2)->blob_size_bytes -= 4;
}

static void build_layout_shorter_than_header(struct world *world)
{
    add_layout(world, FREE, scene_elements, 0)->blob_size_bytes = 12;
}

static void add_many_elements(struct world *world, uint32_t count)
{
    struct element elements[40] = { { 0 } };

    for (uint32_t i = 0; i < count; i++)
        elements[i] = (struct element){ i, 41, 0, 4 * i, 0, 0 };
    add_layout(world, FREE, elements, count);
}

static void build_layout_of_32_elements(struct world *world)
{
    add_many_elements(world, 32);
}

static void build_layout_of_33_elements(struct world *world)
{
    add_many_elements(world, 33);
}

static void build_layout_of_no_elements(struct world *world)
{
    add_layout(world, FREE, NULL, 0);
}

static void build_layout_from_slot_32(struct world *world)
{
    const struct element element = { 0, 6, 32, 0, 0, 0 };

    add_layout(world, FREE, &element, 1);
}

static void build_layout_instance_step_0(struct world *world)
{
    const struct element element = { 0, 6, 0, 0, 1, 0 };

    add_layout(world, FREE, &element, 1);
}

static void build_layout_vertex_step_1(struct world *world)
{
    const struct element element = { 0, 6, 0, 0, 0, 1 };

    add_layout(world, FREE, &element, 1);
}

static void build_layout_instance_step_3(struct world *world)
{
    const struct element element = { 0, 6, 0, 0, 1, 3 };

    add_layout(world, FREE, &element, 1);
}

static const struct validate_case shader_cases[] = {
    { "a sound container", NULL, build_sound_container },
    { "a container that does not begin with DXBC", "shader-container", build_container_magic },
    { "a container longer than its payload", "shader-container", build_container_total_too_large },
    { "a container shorter than its header", "shader-container", build_container_total_too_small },
    { "a container cut in its header", "shader-container", build_container_cut_in_header },
    { "an empty container", "shader-container", build_container_empty },
    { "a hostile number of chunks", "shader-container", build_container_hostile_chunk_count },
    { "a chunk in the chunk table", "shader-container", build_container_chunk_in_table },
    { "a chunk beyond the end", "shader-container", build_container_chunk_beyond_end },
    { "a chunk of 4 GiB", "shader-container", build_container_chunk_too_long },
    { "a container without code", "shader-container", build_container_without_code },
    { "code in SHEX", NULL, build_container_with_shex },
    { "more tokens than the chunk has", "shader-container", build_container_tokens_too_long },
    { "code of one token", "shader-container", build_container_one_token },
    { "an unknown program type", "shader-container", build_container_unknown_program },
    { "an instruction beyond the code", "shader-container", build_container_instruction_too_long },
    { "an instruction of length 0", "shader-container", build_container_instruction_of_length_0 },
    { "b14 declared", "shader-container", build_container_declaring_b14 },
    { "custom data", NULL, build_custom_data },
    { "custom data beyond the code", "shader-container", build_custom_data_too_long },
    { "a checksum of zeros", "shader-checksum", build_checksum_zero },
    { "a checksum of other bytes", "shader-checksum", build_checksum_of_other_bytes },
    { "a pixel program as vertex shader", "shader-stage", build_stage_of_another_program },
    { "a domain program as hull shader", "shader-stage", build_stage_domain_as_hull },
    { "shaders of all stages", NULL, build_all_stages },
    { "a compute shader without signatures", NULL, build_compute_without_signatures },
    { "an unknown stage at creation", "stage-value", build_stage_unknown_at_create },
    { "no input signature", "shader-signature", build_signature_without_inputs },
    { "no output signature", "shader-signature", build_signature_without_outputs },
    { "an entry without components", "shader-signature", build_signature_empty_mask },
    { "an entry with register 32", "shader-signature", build_signature_register_32 },
    { "a register of two kinds", "shader-signature", build_signature_register_of_two_kinds },
    { "a register of two entries", NULL, build_signature_register_shared },
    { "a hostile number of entries", "shader-signature", build_signature_hostile_count },
    { "a name outside its chunk", "shader-signature", build_signature_name_outside },
    { "a name inside the table", "shader-signature", build_signature_name_in_table },
    { "a hull shader without patch constants", "shader-signature",
      build_hull_without_patch_signature },
    { "a vertex shader without position", "shader-position", build_vertex_without_position },
    { "a pixel shader without output", "shader-output", build_pixel_without_output },
    { "a pixel shader that writes depth alone", NULL, build_signature_depth_output },
    { "a target told by its name", NULL, build_signature_target_by_name },
    { "an output of stream 1", "shader-stream", build_geometry_to_stream_1 },
    { "stream 1 declared", "shader-stream", build_geometry_declaring_stream_1 },
    { "stream 0 declared", NULL, build_geometry_declaring_stream_0 },
    { "a pixel shader bound as vertex shader", "shader-stage", build_pixel_shader_as_vertex },
    { "BIND_SHADERS of 32 bytes", "bind-size", build_bind_30_bytes },
    { "BIND_SHADERS of 40 bytes", NULL, build_bind_40_bytes },
    { "a geometry shader in the short form", NULL, build_bind_geometry_in_short_form },
    { "a vertex shader as geometry shader in the short form", "shader-stage",
      build_bind_vertex_as_geometry_in_short_form },
    { "a mirrored geometry shader", NULL, build_bind_geometry_mirrored },
    { "a mirror of another handle", "bind-mirror", build_bind_geometry_mirrored_wrongly },
    { "a geometry shader without mirror", NULL, build_bind_geometry_not_mirrored },
    { "constants to the end of the file", NULL, build_constants },
    { "constants beyond the file", "constants-range", build_constants_beyond_file },
    { "a layout with another magic", "layout-blob", build_layout_with_wrong_magic },
    { "a layout of version 2", "layout-blob", build_layout_of_version_2 },
    { "a layout that is cut off", "layout-blob", build_layout_cut_off },
    { "a layout shorter than its header", "layout-blob", build_layout_shorter_than_header },
    { "a layout of 32 elements", NULL, build_layout_of_32_elements },
    { "a layout of 33 elements", "layout-blob", build_layout_of_33_elements },
    { "a layout of no elements", NULL, build_layout_of_no_elements },
    { "a layout from slot 32", "layout-blob", build_layout_from_slot_32 },
    { "instance data that never steps", "layout-step", build_layout_instance_step_0 },
    { "vertex data with a step rate", "layout-step", build_layout_vertex_step_1 },
    { "instance data that steps by 3", NULL, build_layout_instance_step_3 },
};
