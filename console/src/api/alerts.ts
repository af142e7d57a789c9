import { type AlertShape, ostiary } from "#/api/ostiary";

const AT_ONCE = 100;

/** Returns the account's latest alerts, the newest first.
 *
 * @param most how many are enough.
 * @param early is told what there is so far.
 */
export async function listAlerts(most: number, early?: (alerts: AlertShape[]) => void): Promise<AlertShape[]> {
  const alerts: AlertShape[] = [];
  let marker: string | undefined;
  do {
    const page: { Alerts: AlertShape[]; IsTruncated: boolean; Marker?: string } = await ostiary("ListAlerts", {
      MaxItems: Math.min(AT_ONCE, most - alerts.length),
      ...(marker ? { Marker: marker } : {}),
    });
    alerts.push(...page.Alerts);
    marker = page.IsTruncated ? page.Marker : undefined;
    if (marker) early?.([...alerts]);
  } while (marker && alerts.length < most);
  return alerts;
}
