import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { ServicesTransaction } from '../services-transaction.ts';

interface VisionSourceKey {
  readonly cameraCode: string;
  readonly category: string;
}

/** No incident yet: the row is only there to be locked. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

/**
 * Locks the row of a camera and kind until the transaction ends, making it when it is not there, so that of parallel
 * first sightings one comes first. Null while it has become no incident yet.
 */
export async function lockVisionSource(transaction: ServicesTransaction, key: VisionSourceKey, seenAt: Date) {
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.vision_source (camera_code, category, incident_id, last_seen_at, sightings)
    VALUES (${key.cameraCode}, ${key.category}, ${NOBODY}::uuid, ${seenAt}, 0)
    ON CONFLICT (camera_code, category) DO UPDATE SET sightings = vision_source.sightings`);
  const source = await transaction.visionSource.findUniqueOrThrow({ where: { cameraCode_category: key } });
  return source.incidentId === NOBODY ? null : source;
}

/** Notes one more sighting of an incident and returns their number. */
export async function noteSighting(
  transaction: ServicesTransaction,
  key: VisionSourceKey,
  incidentId: string,
  seenAt: Date,
  before: number,
): Promise<number> {
  const { sightings } = await transaction.visionSource.update({
    where: { cameraCode_category: key },
    data: { incidentId, lastSeenAt: seenAt, sightings: before + 1 },
  });
  return sightings;
}
