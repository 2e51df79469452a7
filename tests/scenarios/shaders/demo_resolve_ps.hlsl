// The finished scene, twice as large each way: a sample between four texels is their mean.
Texture2D scene : register(t0);
SamplerState scene_sampler : register(s0);

struct varyings {
    float4 position : SV_Position;
    float2 corner : TEXCOORD;
};

float4 main(varyings v) : SV_Target
{
    return float4(scene.Sample(scene_sampler, v.corner).rgb, 1.0f);
}
