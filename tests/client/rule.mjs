export async function rule(kit) {}
