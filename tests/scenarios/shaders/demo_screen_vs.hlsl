// One triangle over the whole screen; its texture coordinates run from 0 to 1 within it.
struct vertex {
    float2 position : POSITION;
    float2 corner : TEXCOORD;
};

struct varyings {
    float4 position : SV_Position;
    float2 corner : TEXCOORD;
};

varyings main(vertex v)
{
    varyings o;
    o.position = float4(v.position, 1.0f, 1.0f);
    o.corner = v.corner;
    return o;
}
