// Two targets, depth, a texture and a sampler: the outputs and slots a plain shader lacks.
Texture2D image : register(t3);
SamplerState point_sampler : register(s1);

struct varyings {
    float4 position : SV_Position;
    float2 corner : CORNER;
};

struct fragment {
    float4 colour : SV_Target0;
    float4 copy : SV_Target1;
    float depth : SV_Depth;
};

fragment main(varyings v)
{
    fragment f;
    f.colour = image.Sample(point_sampler, v.corner);
    f.copy = f.colour;
    f.depth = v.corner.x;
    return f;
}
