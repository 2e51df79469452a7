// A glazed surface under a warm lamp and a cool sky. Light is added up linearly, shown by gamma 2.2.
cbuffer light : register(b0)
{
    float4 eye;
    float4 to_lamp;
    float4 to_fill;
    float4 dimming; // x: of all light, y: which way is up (-1 in a mirror)
};

Texture2D glaze : register(t0);
SamplerState glaze_sampler : register(s0);

struct varyings {
    float4 position : SV_Position;
    float3 place : PLACE;
    float3 normal : NORMAL;
    float2 texcoord : TEXCOORD;
};

float4 main(varyings v) : SV_Target
{
    float4 texel = glaze.Sample(glaze_sampler, v.texcoord);
    float3 albedo = texel.rgb * texel.rgb;
    float3 n = normalize(v.normal);
    float3 view = normalize(eye.xyz - v.place);
    float3 lamp = to_lamp.xyz;
    float facing = saturate(dot(n, view));
    float edge = 1.0f - facing;
    float fresnel = 0.04f + 0.96f * edge * edge * edge * edge;

    float lamp_light = saturate(dot(n, lamp));
    float fill_light = saturate(dot(n, to_fill.xyz));
    float3 light = lerp(float3(0.050f, 0.040f, 0.045f), float3(0.16f, 0.20f, 0.30f), n.y * dimming.y * 0.5f + 0.5f);
    light += float3(2.10f, 1.75f, 1.35f) * lamp_light;
    light += float3(0.18f, 0.30f, 0.55f) * fill_light;

    float shine = pow(saturate(dot(n, normalize(lamp + view))), 90.0f);
    float3 mirrored = 2.0f * dot(n, view) * n - view;
    float3 sky = lerp(float3(0.06f, 0.05f, 0.06f), float3(0.45f, 0.55f, 0.80f), saturate(mirrored.y * dimming.y * 0.8f + 0.35f));
    float3 colour = albedo * light;
    colour += texel.a * (sky * fresnel + float3(2.4f, 2.1f, 1.7f) * shine);
    colour *= dimming.x;
    return float4(pow(saturate(colour), 0.4545f), 1.0f);
}
