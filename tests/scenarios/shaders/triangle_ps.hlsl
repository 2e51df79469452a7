// The interpolated colour times a tint: shows that the pixel stage's b0 is not the vertex stage's.
cbuffer material : register(b0)
{
    float4 tint;
};

struct varyings {
    float4 position : SV_Position;
    float4 colour : COLOR;
};

float4 main(varyings v) : SV_Target
{
    return v.colour * tint;
}
