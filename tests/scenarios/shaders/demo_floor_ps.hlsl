// Polished stone that lets the reflection drawn before it through, and ends in the haze.
cbuffer light : register(b0)
{
    float4 eye;
    float4 to_lamp;
    float4 to_fill;
    float4 dimming;
};

Texture2D stone : register(t0);
SamplerState stone_sampler : register(s0);

struct varyings {
    float4 position : SV_Position;
    float3 place : PLACE;
    float3 normal : NORMAL;
    float2 texcoord : TEXCOORD;
};

float4 main(varyings v) : SV_Target
{
    float4 texel = stone.Sample(stone_sampler, v.texcoord);
    float3 albedo = texel.rgb * texel.rgb;
    float3 view = normalize(eye.xyz - v.place);
    float distance2 = dot(v.place.xz, v.place.xz);
    float near_object = saturate(1.0f - distance2 * 0.060f);
    float fade = saturate(1.35f - distance2 * 0.013f);
    float edge = 1.0f - saturate(view.y);
    float3 light = float3(0.75f, 0.68f, 0.62f) * (1.0f - 0.75f * near_object * near_object);
    float3 colour = pow(saturate(albedo * light), 0.4545f);
    return float4(colour, fade * (0.80f - 0.40f * edge * edge));
}
