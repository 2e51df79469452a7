/** Cases of linkage at draws, of dispatches and presents. */
#include "validate_world.h"

/* Linkage. */

/** A draw with another layout. */
static void draw_with_layout(struct world *world, const struct element *elements, uint32_t count)
{
    scene(world);
    add_layout(world, FREE, elements, count);
    add_set_layout(world, FREE);
    add_draw(world);
}

static void build_layout_unset(struct world *world)
{
    scene(world);
    add_set_layout(world, 0);
    add_draw(world);
}

static void build_layout_unset_without_inputs(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    scene(world);
    plan.input_count = 0;
    plan_input(&plan, "SV_VertexID", 0, SYSTEM_VALUE_VERTEX_ID, COMPONENT_UINT, 0);
    add_shader(world, FREE, &plan);
    add_shaders(world, FREE, PIXEL_SHADER);
    add_set_layout(world, 0);
    add_draw(world);
}

static void build_layout_with_extra_element(struct world *world)
{
    const struct element elements[] = {
        { 0, 6, 0, 0, 0, 0 },
        { 1, 28, 0, 12, 0, 0 },
        { 2, 28, 0, 12, 0, 0 },
    };

    draw_with_layout(world, elements, 3);
}

static void build_layout_without_input(struct world *world)
{
    draw_with_layout(world, scene_elements, 1);
}

static void build_layout_with_double(struct world *world)
{
    const struct element elements[] = {
        { 0, 6, 0, 0, 0, 0 },
        { 1, 28, 0, 12, 0, 0 },
        { 1, 28, 0, 12, 0, 0 },
    };

    draw_with_layout(world, elements, 3);
}

/** A vertex shader of count float inputs, its layout with element n from slot n % slots. */
static void draw_many_inputs(struct world *world, uint32_t count, uint32_t slots)
{
    struct shader_plan plan = plan_vertex();
    struct element elements[32] = { { 0 } };

    scene(world);
    plan.input_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        plan_input(&plan, "R", i, 0, COMPONENT_FLOAT, i);
        elements[i] = (struct element){ i, 41, i % slots, 0, 0, 0 };
    }
    add_shader(world, FREE, &plan);
    add_shaders(world, FREE, PIXEL_SHADER);
    add_layout(world, FREE + 1, elements, count);
    add_set_layout(world, FREE + 1);
    for (uint32_t i = 0; i < slots; i++)
        add_vertex_buffer(world, i, VERTICES, 16, 0);
    add_draw(world);
}

static void build_16_elements_of_8_slots(struct world *world)
{
    draw_many_inputs(world, 16, 8);
}

static void build_17_elements(struct world *world)
{
    draw_many_inputs(world, 17, 8);
}

static void build_9_slots(struct world *world)
{
    draw_many_inputs(world, 9, 9);
}

static void build_slot_of_two_classes(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 28, 0, 12, 1, 1 } };

    draw_with_layout(world, elements, 2);
}

static void build_instance_data(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 28, 3, 12, 1, 1 } };

    scene(world);
    add_layout(world, FREE, elements, 2);
    add_set_layout(world, FREE);
    add_vertex_buffer(world, 3, VERTICES, 16, 0);
    add_draw(world);
}

static void build_element_at_odd_offset(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 49, 0, 14, 0, 0 } };

    draw_with_layout(world, elements, 2);
}

static void build_appended_element(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0xFFFFFFFF, 0, 0 },
                                        { 1, 28, 0, 0xFFFFFFFF, 0, 0 } };

    draw_with_layout(world, elements, 2);
}

static void build_appended_element_beyond_stride(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0xFFFFFFFF, 0, 0 },
                                        { 1, 16, 0, 0xFFFFFFFF, 0, 0 } };

    draw_with_layout(world, elements, 2);
}

static void build_element_of_unfetchable_format(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 26, 0, 12, 0, 0 } };

    draw_with_layout(world, elements, 2);
}

static void build_element_of_integers_for_float(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 30, 0, 12, 0, 0 } };

    draw_with_layout(world, elements, 2);
}

static void build_element_of_integers_for_integers(struct world *world)
{
    const struct element elements[] = { { 0, 8, 0, 0, 0, 0 }, { 1, 30, 0, 12, 0, 0 } };
    struct shader_plan plan = plan_vertex();

    scene(world);
    plan.inputs[0].component_type = COMPONENT_SINT;
    plan.inputs[1].component_type = COMPONENT_UINT;
    add_shader(world, FREE, &plan);
    add_shaders(world, FREE, PIXEL_SHADER);
    add_layout(world, FREE + 1, elements, 2);
    add_set_layout(world, FREE + 1);
    add_draw(world);
}

static void build_vertex_buffer_unbound(struct world *world)
{
    scene(world);
    add_vertex_buffer(world, 0, 0, 0, 0);
    add_draw(world);
}

static void build_vertex_buffer_destroyed(struct world *world)
{
    scene(world);
    add_destroy(world, VERTICES);
    add_draw(world);
}

static void build_stride_zero(struct world *world)
{
    scene(world);
    add_vertex_buffer(world, 0, VERTICES, 0, 0);
    add_draw(world);
}

static void build_stride_too_small(struct world *world)
{
    scene(world);
    add_vertex_buffer(world, 0, VERTICES, 12, 0);
    add_draw(world);
}

static void build_16_bit_scalar_takes_4_bytes(struct world *world)
{
    const struct element elements[] = { { 0, 6, 0, 0, 0, 0 }, { 1, 56, 0, 12, 0, 0 } };

    scene(world);
    add_layout(world, FREE, elements, 2);
    add_set_layout(world, FREE);
    add_vertex_buffer(world, 0, VERTICES, 14, 0);
    add_draw(world);
}

/** A draw with a pixel shader that reads v2. */
static void create_pixel_reading_2(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_input(&plan, "R", 2, 0, COMPONENT_FLOAT, 2);
    plan_pixel_input(&plan, 2);
    add_shader(world, FREE, &plan);
}

static void build_varying_not_written(struct world *world)
{
    scene(world);
    create_pixel_reading_2(world);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_draw(world);
}

static void build_varying_written_by_geometry(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    scene(world);
    create_pixel_reading_2(world);
    plan.program = PROGRAM_GEOMETRY;
    plan_output(&plan, "R", 2, 0, 2);
    add_shader(world, FREE + 1, &plan);
    add_all_shaders(world, VERTEX_SHADER, FREE, FREE + 1, 0, 0);
    add_draw(world);
}

static void build_rasterizer_value_not_written(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_pixel_siv(&plan, 5, SYSTEM_VALUE_POSITION);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_draw(world);
}

static void build_clip_distance_not_written(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_pixel_siv(&plan, 5, SYSTEM_VALUE_CLIP_DISTANCE);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_draw(world);
}

/* Dispatch. */

/** A compute shader on u0 and t0, bound. */
static void scene_compute(struct world *world)
{
    struct shader_plan plan = { .program = PROGRAM_COMPUTE };

    scene_create(world);
    plan_uav_raw(&plan, 0);
    plan_declare(&plan, 161, 7, 0);
    add_shader(world, COMPUTE_SHADER, &plan);
    add_shaders(world, 0, 0)->cs = COMPUTE_SHADER;
}

static void build_dispatch(struct world *world)
{
    scene_compute(world);
    add_buffer(world, FREE, AEROGPU_RESOURCE_USAGE_STORAGE, 64);
    add_resource_buffer(world, 2, 0, FREE, 0, 0);
    add_uav(world, 2, 0, STORAGE, 0);
    add_dispatch(world);
}

static void build_dispatch_without_uav(struct world *world)
{
    scene_compute(world);
    add_resource_buffer(world, 2, 0, STORAGE, 0, 0);
    add_dispatch(world);
}

static void build_dispatch_srv_bound_as_uav_later(struct world *world)
{
    scene_compute(world);
    add_resource_buffer(world, 2, 0, STORAGE, 0, 0);
    add_uav(world, 2, 0, STORAGE, 0);
    add_dispatch(world);
}

static void build_dispatch_uav_bound_as_srv_later(struct world *world)
{
    scene_compute(world);
    add_uav(world, 2, 0, STORAGE, 0);
    add_set_texture(world, 2, 0, STORAGE);
    add_dispatch(world);
}

static void build_dispatch_without_shader(struct world *world)
{
    scene_create(world);
    add_shaders(world, VERTEX_SHADER, PIXEL_SHADER);
    add_dispatch(world);
}

static void build_dispatch_of_hull(struct world *world)
{
    scene_create(world);
    add_shaders(world, VERTEX_SHADER, PIXEL_SHADER);
    add_dispatch(world)->reserved0 = AEROGPU_SHADER_STAGE_EX_HULL;
}

/* Present. */

static void build_present(struct world *world)
{
    scene(world);
    add_draw(world);
    add_present(world)->flags = AEROGPU_PRESENT_FLAG_VSYNC;
}

static void build_present_ex(struct world *world)
{
    scene(world);
    STREAM_ADD(&world->stream, PRESENT_EX, present_ex)->d3d9_present_flags = 0xFF;
}

static void build_packet_after_present(struct world *world)
{
    scene(world);
    add_present(world);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
}

static void build_next_submission_after_present(struct world *world)
{
    scene(world);
    add_present(world);
    world_submit(world);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
}

static void build_present_without_target(struct world *world)
{
    scene(world);
    add_targets(world, 0, DEPTH);
    add_present(world);
}

static void build_present_of_evicted_target(struct world *world)
{
    scene(world);
    add_set_texture(world, 1, 0, TARGET);
    add_present(world);
}

static void build_present_on_scanout_1(struct world *world)
{
    scene(world);
    add_present(world)->scanout_id = 1;
}

static const struct validate_case link_cases[] = {
    { "inputs without layout", "layout-missing", build_layout_unset },
    { "no layout for a vertex id", NULL, build_layout_unset_without_inputs },
    { "an element that no input takes", "layout-extra", build_layout_with_extra_element },
    { "an input without element", "layout-input", build_layout_without_input },
    { "an input of two elements", "layout-double", build_layout_with_double },
    { "16 elements from 8 slots", NULL, build_16_elements_of_8_slots },
    { "17 elements", "layout-limits", build_17_elements },
    { "9 slots", "layout-limits", build_9_slots },
    { "a slot of two classes", "layout-class", build_slot_of_two_classes },
    { "vertex and instance data in two slots", NULL, build_instance_data },
    { "an element at offset 14", "layout-offset", build_element_at_odd_offset },
    { "appended elements", NULL, build_appended_element },
    { "an appended element beyond the stride", "vertex-stride",
      build_appended_element_beyond_stride },
    { "a format that is not fetched", "layout-format", build_element_of_unfetchable_format },
    { "integers for a float input", "layout-type", build_element_of_integers_for_float },
    { "integers for integer inputs", NULL, build_element_of_integers_for_integers },
    { "a slot without vertex buffer", "vertex-buffer-missing", build_vertex_buffer_unbound },
    { "a vertex buffer that was destroyed", "vertex-buffer-missing",
      build_vertex_buffer_destroyed },
    { "stride 0", "vertex-stride", build_stride_zero },
    { "a stride that ends before the last element", "vertex-stride", build_stride_too_small },
    { "a 16-bit scalar at the end of the stride", "vertex-stride",
      build_16_bit_scalar_takes_4_bytes },
    { "a varying that nobody writes", "pixel-input", build_varying_not_written },
    { "a varying that the geometry shader writes", NULL, build_varying_written_by_geometry },
    { "a position from the rasterizer", NULL, build_rasterizer_value_not_written },
    { "a clip distance that nobody writes", "pixel-input", build_clip_distance_not_written },
    { "a dispatch", NULL, build_dispatch },
    { "a dispatch without its UAV", "state-undefined", build_dispatch_without_uav },
    { "an SRV that was bound as UAV later", "srv-uav", build_dispatch_srv_bound_as_uav_later },
    { "a UAV that was bound as SRV later", "srv-uav", build_dispatch_uav_bound_as_srv_later },
    { "a dispatch without compute shader", "shader-missing", build_dispatch_without_shader },
    { "a dispatch of the hull shader", "dispatch-stage", build_dispatch_of_hull },
    { "a present", NULL, build_present },
    { "PRESENT_EX", NULL, build_present_ex },
    { "a packet after PRESENT", "present-last", build_packet_after_present },
    { "a submission after PRESENT", NULL, build_next_submission_after_present },
    { "a present without colour target", "present-target", build_present_without_target },
    { "a present of a lost target", "present-target", build_present_of_evicted_target },
    { "a present on scanout 1", "present-scanout", build_present_on_scanout_1 },
};
