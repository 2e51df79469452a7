// An object in the scene. Matrices come as rows, for column vectors.
cbuffer object : register(b0)
{
    float4 clip_x, clip_y, clip_z, clip_w;
    float4 world_x, world_y, world_z, world_w;
};

struct vertex {
    float3 position : POSITION;
    float3 normal : NORMAL;
    float2 texcoord : TEXCOORD;
};

struct varyings {
    float4 position : SV_Position;
    float3 place : PLACE;
    float3 normal : NORMAL;
    float2 texcoord : TEXCOORD;
};

varyings main(vertex v)
{
    varyings o;
    float4 p = float4(v.position, 1.0f);
    o.position = float4(dot(clip_x, p), dot(clip_y, p), dot(clip_z, p), dot(clip_w, p));
    o.place = float3(dot(world_x, p), dot(world_y, p), dot(world_z, p));
    o.normal = float3(dot(world_x.xyz, v.normal), dot(world_y.xyz, v.normal),
                      dot(world_z.xyz, v.normal));
    o.texcoord = v.texcoord;
    return o;
}
