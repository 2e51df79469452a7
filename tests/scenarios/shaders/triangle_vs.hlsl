// Two vertex attributes and one constant buffer: every stage input a first draw needs.
cbuffer transform : register(b0)
{
    float4 scale;
    float4 offset;
};

struct vertex {
    float4 position : POSITION;
    float4 colour : COLOR;
};

struct varyings {
    float4 position : SV_Position;
    float4 colour : COLOR;
};

varyings main(vertex v)
{
    varyings o;
    o.position = v.position * scale + offset;
    o.colour = v.colour;
    return o;
}
